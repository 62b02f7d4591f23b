'use client'

import { X } from 'lucide-react'
import * as Radix from 'radix-ui/dialog'
import { type ReactNode, Suspense, useState } from 'react'
import { IconButton } from '@/app/_components/controls/icon-button'
import { returnFocus, whereFocusIs } from '@/app/_components/overlays/parts/focus-return'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  /** Buttons at the bottom, the deciding one last. */
  footer?: ReactNode
  size?: 'sm' | 'md' | 'lg'
  /** For decisions that must not be missed. */
  role?: 'dialog' | 'alertdialog'
  children?: ReactNode
}

const WIDTH = { sm: 'max-w-sm', md: 'max-w-lg', lg: 'max-w-3xl' }

/** What Dialog shows once it is open. */
export function DialogWindow({
  onOpenChange,
  title,
  description,
  footer,
  size = 'md',
  role = 'dialog',
  children,
}: Omit<DialogProps, 'open'>) {
  const [origin] = useState(whereFocusIs)
  return (
    <Radix.Root open onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-overlay-in bg-black/45" />
        <Radix.Content
          role={role}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            returnFocus(origin)
          }}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={`fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] animate-dialog-in flex-col rounded-xl bg-popover text-popover-foreground shadow-float outline-none ${WIDTH[size]} -translate-x-1/2 -translate-y-1/2`}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="break-words font-semibold text-lg">{title}</Radix.Title>
              {description ? (
                <Radix.Description className="mt-1 text-muted-foreground">{description}</Radix.Description>
              ) : null}
            </div>
            <Radix.Close asChild>
              <IconButton label="Close" icon={<X />} className="-mr-2" />
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-4">
            {/* Whatever inside is still being fetched must not take the window away for that while: it would lose its hold
                on the focus, and a window opened from it could never be typed in. */}
            <Suspense fallback={null}>{children}</Suspense>
          </div>
          {footer ? (
            <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</footer>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
