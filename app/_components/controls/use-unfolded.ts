'use client'

import { useCallback, useState } from 'react'

/** Whether a `<details>` is open, for what is only drawn then. Spread `details` over the element. */
export const useUnfolded = () => {
  const [open, setOpen] = useState(false)
  // The browser opens it also before the page has come alive, when nobody hears it.
  const ref = useCallback((element: HTMLDetailsElement | null) => {
    if (element?.open) setOpen(true)
  }, [])
  const onToggle = useCallback(
    (event: { currentTarget: HTMLDetailsElement }) => setOpen(event.currentTarget.open),
    [],
  )
  return { open, setOpen, details: { ref, onToggle } }
}
