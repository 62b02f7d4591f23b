'use client'

import { Dialog } from '@/app/_components/overlays/dialog'
import { later, useLater } from '@/app/_components/overlays/parts/later'
import type { DocumentNode } from '@/app/_components/shell/document-tree'
import type { DocumentActs } from '@/app/w/_documents/use-document-acts'
import type { WorkspaceView } from '@/lib/views/workspace'

const moveForm = later(() => import('@/app/w/_documents/move-form'))

export interface MoveDialogProps {
  workspace: WorkspaceView
  node: DocumentNode
  acts: DocumentActs
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Chooses the document below which another shall lie. Moving changes the place only, never who can see it. */
export function MoveDialog(props: MoveDialogProps) {
  const form = useLater(moveForm, props.open, () => props.onOpenChange(false))
  return (
    <Dialog
      size="sm"
      open={props.open && form !== null}
      onOpenChange={props.onOpenChange}
      title={`Move “${props.node.row.title}”`}
      description="Only its place changes, not who can see it."
    >
      {props.open && form ? <form.MoveForm {...props} /> : null}
    </Dialog>
  )
}
