'use client'

import type { ReactNode } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Dialog } from '@/app/_components/overlays/dialog'

interface ConfirmDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** A question with the object's name: "Remove Mara Lindqvist from this workspace?" */
  title: ReactNode
  /** The act, as on the button that led here: "Remove". */
  confirmLabel: string
  onConfirm: () => void
  danger?: boolean
  busy?: boolean
  /** What went wrong when it was tried. */
  problem?: ReactNode
  /** What will be lost, and whether it can be undone. */
  children?: ReactNode
}

/** Asks before an act that takes something away. Cancel has the focus. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  confirmLabel,
  onConfirm,
  danger = false,
  busy = false,
  problem,
  children,
}: ConfirmDialogProps) {
  return (
    <Dialog
      role="alertdialog"
      size="md"
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      footer={
        <>
          <Button autoFocus onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button variant={danger ? 'danger' : 'primary'} busy={busy} onClick={onConfirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {children}
        {problem}
      </div>
    </Dialog>
  )
}
