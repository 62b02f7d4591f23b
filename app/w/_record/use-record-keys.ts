'use client'

import { useEffect } from 'react'

const entries = () => [...document.querySelectorAll<HTMLButtonElement>('button[data-entry]')]

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'SELECT', 'TEXTAREA'].includes(target.tagName))

/** j and k step through the entries, Enter opens one, / goes to the search, Esc closes what is open. */
export const useRecordKeys = ({ onSearch, onClose }: { onSearch: () => void; onClose: () => void }): void => {
  useEffect(() => {
    const step = (by: number) => {
      const all = entries()
      const at = all.indexOf(document.activeElement as HTMLButtonElement)
      const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]
      next?.focus()
      next?.scrollIntoView({ block: 'nearest' })
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (event.key === 'Escape') return onClose()
      if (isTyping(event.target)) return
      if (event.key === 'j') step(1)
      else if (event.key === 'k') step(-1)
      else if (event.key === '/') {
        event.preventDefault()
        onSearch()
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [onSearch, onClose])
}
