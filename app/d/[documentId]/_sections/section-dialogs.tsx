'use client'

import { ProblemView } from '@/app/_components/feedback/problem-view'
import { toast } from '@/app/_components/feedback/toast'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import { later, useLater } from '@/app/_components/overlays/parts/later'
import type { Copying } from '@/app/_copies/section-copies'
import { problemOf } from '@/app/_data/problem'
import { useLiveSections } from '@/app/_editor/live-sections-provider'
import { MarkDialog } from '@/app/d/[documentId]/_sections/mark-dialog'
import { ReseedDialog } from '@/app/d/[documentId]/_sections/reseed-dialog'
import { useDocumentContext } from '@/app/d/[documentId]/document-context'
import { useSectionActs } from '@/app/d/[documentId]/use-acts'
import type { SectionView } from '@/lib/views/document'

const sectionCopies = later(() => import('@/app/_copies/section-copies'))
const COPIES: readonly Copying[] = ['copy', 'move', 'merge', 'split']

/** Which question about a section is open. */
export type Asking = 'share' | 'thaw' | 'access' | 'glass' | 'mark' | 'reseed' | 'remove' | Copying | null

interface SectionDialogsProps {
  section: SectionView
  asking: Asking
  onAsk: (asking: Asking) => void
}

export function SectionDialogs({ section, asking, onAsk }: SectionDialogsProps) {
  const { show, view, refresh } = useDocumentContext()
  const copying = COPIES.find((how) => how === asking)
  const copies = useLater(sectionCopies, copying !== undefined, () => onAsk(null))
  const live = useLiveSections()
  const { remove, restore } = useSectionActs()
  const sectionId = section.id
  const close = () => {
    remove.reset()
    onAsk(null)
  }
  const onRemove = () => {
    live.removing(sectionId)
    remove.mutate(
      { sectionId },
      {
        onError: () => live.returned(sectionId),
        onSuccess: () => {
          toast({
            text: `“${section.title}” is deleted.`,
            undo: () => restore.mutate({ sectionId }),
            seconds: 20,
          })
          show((view) => ({ ...view, sections: view.sections.filter((one) => one.id !== sectionId) }))
        },
      },
    )
  }
  return (
    <>
      {asking === 'mark' ? <MarkDialog section={section} onClose={close} /> : null}
      {copies && copying ? (
        <copies.SectionCopies
          how={copying}
          section={section}
          view={view}
          refresh={refresh}
          onClose={() => onAsk(null)}
        />
      ) : null}
      {asking === 'reseed' ? <ReseedDialog section={section} onClose={close} /> : null}
      <ConfirmDialog
        open={asking === 'remove'}
        onOpenChange={(open) => {
          if (!open) close()
        }}
        title={`Delete “${section.title}”?`}
        confirmLabel="Delete"
        danger
        busy={remove.isPending}
        onConfirm={onRemove}
        problem={remove.error ? <ProblemView problem={problemOf(remove.error)} /> : null}
      >
        <p>
          Its text, its boundary and its place leave this document for everyone at once, also for those who
          are in it now. You can undo this right after; the record keeps what happened.
        </p>
      </ConfirmDialog>
    </>
  )
}
