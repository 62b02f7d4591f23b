'use client'

import * as Radix from 'radix-ui/dropdown-menu'
import type { ReactElement, ReactNode } from 'react'
import { MenuParts } from '@/app/_components/overlays/parts/menu-parts'

export interface MenuProps {
  /** The button that opens it (an IconButton or Button). */
  trigger: ReactElement<Record<string, unknown>>
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'right' | 'bottom' | 'left'
  children: ReactNode
}

interface MenuWindowProps extends MenuProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Inside the page's main landmark; beside an open window, which hides everything else from screen readers. */
const landmark = (): HTMLElement | null =>
  document.querySelector('[role="dialog"], [role="alertdialog"]') ? null : document.getElementById('main')

/** What Menu becomes when it was first wanted. */
export function MenuWindow({
  trigger,
  align = 'end',
  side = 'bottom',
  open,
  onOpenChange,
  children,
}: MenuWindowProps) {
  return (
    <MenuParts value={Radix}>
      <Radix.Root modal={false} open={open} onOpenChange={onOpenChange}>
        <Radix.Trigger asChild>{trigger}</Radix.Trigger>
        <Radix.Portal container={landmark()}>
          <Radix.Content
            align={align}
            side={side}
            sideOffset={4}
            collisionPadding={8}
            className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 max-w-80 animate-float-in overflow-y-auto rounded-lg bg-popover p-1 text-popover-foreground shadow-float"
          >
            {children}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </MenuParts>
  )
}
