'use client'

import { useState } from 'react'
import { later, useLater } from '@/app/_components/overlays/parts/later'
import type { PopoverProps } from '@/app/_components/overlays/parts/popover-window'
import { TriggerBefore } from '@/app/_components/overlays/parts/trigger-before'

const popoverWindow = later(() => import('@/app/_components/overlays/parts/popover-window'))

/** A small panel beside its button; not modal. */
export function Popover({ open: asked, onOpenChange, ...rest }: PopoverProps) {
  const [own, setOwn] = useState(false)
  const open = asked ?? own
  const change = (next: boolean) => {
    setOwn(next)
    onOpenChange?.(next)
  }
  const part = useLater(popoverWindow, open, () => change(false))
  if (part !== null) return <part.PopoverWindow {...rest} open={open} onOpenChange={change} />
  return (
    <TriggerBefore
      trigger={rest.trigger}
      opens="dialog"
      onSoon={popoverWindow.fetch}
      onOpen={() => change(true)}
    />
  )
}
