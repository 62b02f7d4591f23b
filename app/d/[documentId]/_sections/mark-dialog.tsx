'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Checkbox } from '@/app/_components/controls/checkbox'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { toast } from '@/app/_components/feedback/toast'
import { LabelTag } from '@/app/_components/marks/label-tag'
import { Dialog } from '@/app/_components/overlays/dialog'
import { problemOf } from '@/app/_data/problem'
import { useDocumentContext } from '@/app/d/[documentId]/document-context'
import { useSectionActs } from '@/app/d/[documentId]/use-acts'
import type { SectionView } from '@/lib/views/document'

/** Chooses a section's handling label, with what each means. Refusals say how to fix them. */
export function MarkDialog({ section, onClose }: { section: SectionView; onClose: () => void }) {
  const { view } = useDocumentContext()
  const { mark } = useSectionActs()
  const [label, setLabel] = useState(section.label.id)
  const formId = `mark-${section.id}`
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (label === section.label.id) return onClose()
    mark.mutate(
      { sectionId: section.id, label },
      {
        onSuccess: () => {
          toast({ text: `“${section.title}” is marked ${label}.` })
          onClose()
        },
      },
    )
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Marking of “${section.title}”`}
      description="The marking says who may be told, and the product holds everyone to it."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} busy={mark.isPending}>
            Mark {label}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={onSubmit}>
        <fieldset className="flex flex-col gap-3">
          <legend className="sr-only">Marking</legend>
          {view.labels.map((one) => (
            <Checkbox
              key={one.id}
              type="radio"
              name="label"
              value={one.id}
              checked={label === one.id}
              onChange={() => setLabel(one.id)}
              label={<LabelTag label={one} />}
              hint={one.meaning}
            />
          ))}
        </fieldset>
        {mark.error ? (
          <div className="mt-4">
            <ProblemView problem={problemOf(mark.error)} />
          </div>
        ) : null}
      </form>
    </Dialog>
  )
}
