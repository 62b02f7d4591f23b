'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { announce } from '@/app/_components/feedback/announce'
import { CopyDialog } from '@/app/_copies/copy-dialog'
import { useApi } from '@/app/_data/use-api'
import { useRefresh } from '@/app/_data/use-refresh'
import type { Id } from '@/lib/ids'

interface DuplicateDialogProps {
  document: { id: Id; title: string; template: boolean }
  onClose: () => void
}

/** A document made of another one, or of a template; goes to it. */
export function DuplicateDialog({ document, onClose }: DuplicateDialogProps) {
  const router = useRouter()
  const refresh = useRefresh()
  const duplicate = useMutation(useApi().copies.duplicate.mutationOptions())
  return (
    <CopyDialog
      heading={document.template ? `New document from “${document.title}”` : `Duplicate “${document.title}”`}
      description="Your agency owns the new document. Sections that you may not copy are left out."
      confirmLabel={document.template ? 'Make the document' : 'Duplicate'}
      plan={{ how: 'duplicate', documentId: document.id }}
      title={document.template ? '' : `${document.title} (copy)`}
      onClose={onClose}
      onConfirm={async ({ title, reason }) => {
        const made = await duplicate.mutateAsync({ documentId: document.id, title, reason })
        announce(`${title} is made.`)
        router.push(`/d/${made.documentId}`)
        void refresh('workspaces')
      }}
    />
  )
}
