'use client'

import { useEffect, useState } from 'react'

type Listener = (text: string) => void
const listeners = new Set<Listener>()

/** Says a sentence to screen readers without moving the focus: "Mara Lindqvist removed". */
export const announce = (text: string): void => {
  for (const listener of listeners) listener(text)
}

/** The page's one live region; in the root layout. The same sentence twice in a row is said twice. */
export function LiveRegion() {
  const [said, setSaid] = useState({ text: '', turn: 0 })
  useEffect(() => {
    const listen: Listener = (text) => setSaid(({ turn }) => ({ text, turn: turn + 1 }))
    listeners.add(listen)
    return () => {
      listeners.delete(listen)
    }
  }, [])
  return (
    <div role="status" aria-live="polite" className="sr-only">
      <span key={said.turn}>{said.text}</span>
    </div>
  )
}
