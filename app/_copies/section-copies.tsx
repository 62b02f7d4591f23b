'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Field } from '@/app/_components/controls/field'
import { Select } from '@/app/_components/controls/select'
import { toast } from '@/app/_components/feedback/toast'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { CopyDialog } from '@/app/_copies/copy-dialog'
import { SplitDialog } from '@/app/_copies/split-dialog'
import { useApi } from '@/app/_data/use-api'
import type { Id } from '@/lib/ids'
import type { DocumentView, SectionView } from '@/lib/views/document'

export type Copying = 'copy' | 'move' | 'merge' | 'split'

interface SectionCopiesProps {
  how: Copying
  section: SectionView
  view: DocumentView
  refresh: () => Promise<void>
  onClose: () => void
}

/** The windows in which a section is copied, moved, merged with the next one, or split. */
export function SectionCopies(props: SectionCopiesProps) {
  if (props.how === 'merge') return <MergeDialog {...props} />
  if (props.how === 'split') return <SplitDialog {...props} />
  return <PlaceDialog {...props} />
}

/** Copy and move: to which document of this workspace. */
function PlaceDialog({ how, section, view, refresh, onClose }: SectionCopiesProps) {
  const api = useApi()
  const workspace = useQuery(api.workspaces.get.queryOptions({ workspaceId: view.workspace.id }))
  const moves = how === 'move'
  const places = (workspace.data?.documents ?? []).filter(
    (row) => row.can.rename && !row.archived && !(moves && row.id === view.id),
  )
  const [chosen, setChosen] = useState<Id | ''>(moves ? '' : view.id)
  const where = places.find(({ id }) => id === chosen)
  const copy = useMutation(api.copies.copy.mutationOptions({ onSuccess: refresh }))
  const transfer = useMutation(api.copies.transfer.mutationOptions({ onSuccess: refresh }))
  const remove = useMutation(api.sections.remove.mutationOptions({ onSuccess: refresh }))
  const sectionId = section.id
  const confirm = async ({ title, reason }: { title: string; reason: string }) => {
    const documentId = chosen
    const to = where?.title ?? ''
    if (moves) {
      const { formerDocumentId } = await transfer.mutateAsync({ sectionId, documentId })
      const back = () => transfer.mutateAsync({ sectionId, documentId: formerDocumentId }).catch(toastProblem)
      toast({ text: `“${section.title}” is in “${to}” now.`, undo: () => void back(), seconds: 20 })
      return
    }
    const made = await copy.mutateAsync({ sectionId, documentId, title, reason })
    const undo = () => remove.mutateAsync({ sectionId: made.sectionId }).catch(toastProblem)
    toast({ text: `A copy is in “${to}”.`, undo: () => void undo(), seconds: 20 })
  }
  return (
    <CopyDialog
      heading={moves ? `Move “${section.title}”` : `Copy “${section.title}”`}
      description={
        moves
          ? 'It keeps its text, its history and its boundary, and comes last there.'
          : 'The copy comes last there, as a section of its own.'
      }
      confirmLabel={moves ? 'Move' : 'Copy'}
      plan={chosen === '' ? null : { how: moves ? 'move' : 'copy', sectionId, documentId: chosen }}
      title={moves ? null : section.title}
      notYet={where === undefined ? 'Choose a document first.' : null}
      onClose={onClose}
      onConfirm={confirm}
    >
      <Field
        label="To which document"
        hint={
          workspace.data !== undefined && places.length === 0
            ? 'There is no other document here that you may edit.'
            : 'Those of this workspace that you may edit.'
        }
      >
        {(control) => (
          <Select
            {...control}
            value={chosen}
            options={[
              { value: '', label: workspace.isPending ? 'Loading …' : 'Choose …' },
              ...places.map(({ id, title }) => ({ value: id, label: title })),
            ]}
            onChange={(event) => setChosen(event.target.value)}
          />
        )}
      </Field>
    </CopyDialog>
  )
}

function MergeDialog({ section, view, refresh, onClose }: SectionCopiesProps) {
  const api = useApi()
  const merge = useMutation(api.copies.merge.mutationOptions({ onSuccess: refresh }))
  const remove = useMutation(api.sections.remove.mutationOptions())
  const restore = useMutation(api.sections.restore.mutationOptions())
  const next = view.sections[view.sections.findIndex(({ id }) => id === section.id) + 1]
  if (next === undefined) return null
  const sectionId = section.id
  const undo = async (made: Id) => {
    await restore.mutateAsync({ sectionId })
    await restore.mutateAsync({ sectionId: next.id })
    await remove.mutateAsync({ sectionId: made })
    await refresh()
  }
  return (
    <CopyDialog
      heading={`Merge “${section.title}” and “${next.title}”`}
      description="One section with the text of both, in this order. What is being typed meanwhile waits for it."
      confirmLabel="Merge"
      plan={{ how: 'merge', sectionId, nextSectionId: next.id, documentId: view.id }}
      title={section.title}
      onClose={onClose}
      onConfirm={async ({ title, reason }) => {
        const made = await merge.mutateAsync({ sectionId, nextSectionId: next.id, title, reason })
        toast({
          text: made.removed
            ? 'Merged.'
            : 'Merged; the two originals stay, because you do not rule over both.',
          ...(made.removed ? { undo: () => void undo(made.sectionId).catch(toastProblem), seconds: 20 } : {}),
        })
      }}
    />
  )
}
