'use client'

import { X } from 'lucide-react'
import * as Radix from 'radix-ui/dialog'
import { type ReactNode, useState } from 'react'
import { IconButton } from '@/app/_components/controls/icon-button'
import { returnFocus, whereFocusIs } from '@/app/_components/overlays/parts/focus-return'

export interface DrawerProps {
  title: string
  open: boolean
  onOpenChange: (open: boolean) => void
  children: ReactNode
}

/** What Drawer shows once it is open. */
export function DrawerWindow({ title, onOpenChange, children }: Omit<DrawerProps, 'open'>) {
  const [origin] = useState(whereFocusIs)
  return (
    <Radix.Root open onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-overlay-in bg-black/45" />
        <Radix.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            returnFocus(origin)
          }}
          className="fixed inset-y-0 left-0 z-50 flex w-80 max-w-[calc(100vw-3rem)] animate-drawer-in flex-col bg-sunken shadow-float outline-none"
        >
          <div className="flex h-12 shrink-0 items-center justify-between border-b pr-2 pl-4">
            <Radix.Title className="font-semibold">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label="Close" icon={<X />} />
            </Radix.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
