'use client'

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Checkbox } from '@/app/_components/controls/checkbox'
import { Field } from '@/app/_components/controls/field'
import { TextArea } from '@/app/_components/controls/text-area'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { toast } from '@/app/_components/feedback/toast'
import { Dialog } from '@/app/_components/overlays/dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import type { LookView } from '@/lib/views/break-glass'

interface ReviewDialogProps {
  look: LookView
  onClose: () => void
  onReviewed: () => void
}

/** What the originator found: kept for good, and told to who looked. */
export function ReviewDialog({ look, onClose, onReviewed }: ReviewDialogProps) {
  const [verdict, setVerdict] = useState<'justified' | 'not_justified' | null>(null)
  const [note, setNote] = useState('')
  const review = useMutation(
    useApi().breakGlass.review.mutationOptions({
      onSuccess: () => {
        toast({ text: 'The review is on record.' })
        onReviewed()
      },
    }),
  )
  const formId = `review-${look.id}`
  const ready = verdict !== null && note.trim().length >= 3
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) review.mutate({ breakGlassId: look.id, verdict, note })
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Was it justified that ${look.person.name} looked?`}
      description="Your answer is kept for good and cannot be changed."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} busy={review.isPending} disabled={!ready}>
            Put on record
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={onSubmit} className="flex flex-col gap-4">
        <blockquote className="whitespace-pre-line border-l-2 pl-3">{look.reason}</blockquote>
        <fieldset className="flex gap-6">
          <legend className="mb-2 font-medium text-sm">What you found</legend>
          <Checkbox
            type="radio"
            name="verdict"
            checked={verdict === 'justified'}
            onChange={() => setVerdict('justified')}
            label="Justified"
          />
          <Checkbox
            type="radio"
            name="verdict"
            checked={verdict === 'not_justified'}
            onChange={() => setVerdict('not_justified')}
            label="Not justified"
          />
        </fieldset>
        <Field label="Why" hint="A few words for the record.">
          {(control) => (
            <TextArea
              {...control}
              rows={3}
              maxLength={2000}
              required
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        {review.error ? <ProblemView problem={problemOf(review.error)} /> : null}
      </form>
    </Dialog>
  )
}
