'use client'

import { useEffect, useState } from 'react'

/**
 * The one-time token from the fragment, taken out of the address bar (and so of the history). Kept in the history entry's
 * state: a reload still works, and no address bar, log or screenshot holds it. Null until the page has come alive.
 */
export const useToken = (): string | null => {
  const [token, setToken] = useState<string | null>(null)
  useEffect(() => {
    const found = location.hash.slice(1) || (history.state as { token?: string } | null)?.token || ''
    history.replaceState({ ...history.state, token: found }, '', location.pathname)
    setToken(found)
  }, [])
  return token
}
