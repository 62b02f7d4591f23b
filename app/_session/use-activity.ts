'use client'

import { useEffect, useRef } from 'react'

const SPACING_MS = 60_000
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const

/**
 * Calls `report` when the person has typed, clicked or moved: at once, then at most once a minute, and once more for what
 * happened within that minute.
 * @param on false while moving the pointer must not count (a question stands on the screen)
 */
export const useActivity = (on: boolean, report: () => void): void => {
  const latest = useRef(report)
  useEffect(() => {
    latest.current = report
  }, [report])
  useEffect(() => {
    if (!on) return
    let reportedAt = Date.now()
    let timer: ReturnType<typeof setTimeout> | undefined
    const send = () => {
      timer = undefined
      reportedAt = Date.now()
      latest.current()
    }
    const notice = () => {
      if (timer !== undefined) return
      const wait = reportedAt + SPACING_MS - Date.now()
      if (wait <= 0) send()
      else timer = setTimeout(send, wait)
    }
    for (const sign of SIGNS) addEventListener(sign, notice, { passive: true, capture: true })
    return () => {
      clearTimeout(timer)
      for (const sign of SIGNS) removeEventListener(sign, notice, { capture: true })
    }
  }, [on])
}
