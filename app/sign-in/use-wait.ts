'use client'

import { useCallback, useEffect, useState } from 'react'

/** Counts seconds down to 0. @returns the seconds left, and what starts a wait */
export const useWait = (): [number, (seconds: number) => void] => {
  const [until, setUntil] = useState(0)
  const [now, setNow] = useState(0)
  useEffect(() => {
    if (until <= now) return
    const timer = setTimeout(() => setNow(Date.now()), 250)
    return () => clearTimeout(timer)
  }, [until, now])
  const start = useCallback((seconds: number) => {
    setNow(Date.now())
    setUntil(Date.now() + seconds * 1000)
  }, [])
  return [Math.max(0, Math.ceil((until - now) / 1000)), start]
}
