'use client'

import { useMutation } from '@tanstack/react-query'
import { LayoutTemplate, Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { announce } from '@/app/_components/feedback/announce'
import { Menu, MenuItem } from '@/app/_components/overlays/menu'
import { later, useLater } from '@/app/_components/overlays/parts/later'
import { TitleDialog } from '@/app/_components/overlays/title-dialog'
import { useApi } from '@/app/_data/use-api'
import { useRefresh } from '@/app/_data/use-refresh'
import type { Id } from '@/lib/ids'
import type { DocumentRowView } from '@/lib/views/workspace'

const duplicateDialog = later(() => import('@/app/_copies/duplicate-dialog'))

interface NewDocumentProps {
  workspaceId: Id
  templates?: readonly DocumentRowView[]
}

/** The button of the page: a new document at the top of the workspace. */
export function NewDocument({ workspaceId, templates = [] }: NewDocumentProps) {
  const [open, setOpen] = useState(false)
  const [template, setTemplate] = useState<DocumentRowView | null>(null)
  const part = useLater(duplicateDialog, template !== null, () => setTemplate(null))
  return (
    <>
      {templates.length > 0 ? (
        <Menu
          trigger={
            <Button>
              <LayoutTemplate aria-hidden />
              From a template
            </Button>
          }
        >
          {templates.map((row) => (
            <MenuItem key={row.id} onSelect={() => setTemplate(row)}>
              {row.title}
            </MenuItem>
          ))}
        </Menu>
      ) : null}
      {part && template ? (
        <part.DuplicateDialog document={template} onClose={() => setTemplate(null)} />
      ) : null}
      <Button variant="primary" onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        New document
      </Button>
      <NewDocumentDialog workspaceId={workspaceId} open={open} onOpenChange={setOpen} />
    </>
  )
}

interface NewDocumentDialogProps {
  workspaceId: Id
  /** Where it will lie; the top when absent. */
  below?: DocumentRowView
  open: boolean
  onOpenChange: (open: boolean) => void
}

export function NewDocumentDialog({ workspaceId, below, open, onOpenChange }: NewDocumentDialogProps) {
  const router = useRouter()
  const refresh = useRefresh()
  const create = useMutation(useApi().documents.create.mutationOptions())
  return (
    <TitleDialog
      open={open}
      onOpenChange={onOpenChange}
      heading={below ? `New document below ${below.title}` : 'New document'}
      label="Title"
      hint="Your agency owns it. Everyone here can see it until a section says otherwise."
      confirmLabel="Create"
      onConfirm={async (title) => {
        const { documentId } = await create.mutateAsync({ workspaceId, title, parentId: below?.id ?? null })
        announce(`${title} created`)
        router.push(`/d/${documentId}`)
        void refresh('workspaces')
      }}
    />
  )
}
