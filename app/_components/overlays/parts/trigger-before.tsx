'use client'

import { cloneElement, type KeyboardEvent, type ReactElement } from 'react'

interface TriggerBeforeProps {
  trigger: ReactElement<Record<string, unknown>>
  opens: 'menu' | 'dialog'
  /** The pointer or the focus came near: fetch what a click will need. */
  onSoon: () => Promise<unknown>
  onOpen: () => void
}

/** The button of a menu or popover whose code is not here yet. Looks and speaks like the later one. */
export function TriggerBefore({ trigger, opens, onSoon, onOpen }: TriggerBeforeProps) {
  // A failure is told when somebody really opens it.
  const soon = () => void onSoon().catch(() => {})
  return cloneElement(trigger, {
    'aria-haspopup': opens,
    'aria-expanded': false,
    'data-state': 'closed',
    onPointerEnter: soon,
    onFocus: soon,
    onClick: onOpen,
    onKeyDown: (event: KeyboardEvent) => {
      if (opens !== 'menu' || event.key !== 'ArrowDown') return
      event.preventDefault()
      onOpen()
    },
  })
}
