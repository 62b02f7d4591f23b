'use client'

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Checkbox } from '@/app/_components/controls/checkbox'
import { Field } from '@/app/_components/controls/field'
import { TextArea } from '@/app/_components/controls/text-area'
import { Notice } from '@/app/_components/feedback/notice'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { Dialog } from '@/app/_components/overlays/dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import type { Id } from '@/lib/ids'

const CHOICES = [15, 30, 60] as const
const LEAST = 20

interface BreakGlassDialogProps {
  section: { id: Id; title: string; originator: { name: string } }
  onClose: () => void
  onOpened: () => void
}

/** Before an emergency look: what it does, who is told, and the reason in one's own words. */
export function BreakGlassDialog({ section, onClose, onOpened }: BreakGlassDialogProps) {
  const api = useApi()
  const [minutes, setMinutes] = useState<(typeof CHOICES)[number]>(15)
  const [reason, setReason] = useState('')
  const open = useMutation(api.breakGlass.open.mutationOptions({ onSuccess: onOpened }))
  const formId = `glass-${section.id}`
  const tooShort = reason.trim().length < LEAST
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!tooShort) open.mutate({ sectionId: section.id, reason, minutes })
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Break the glass of “${section.title}”?`}
      description="For emergencies only: you read this one section without being let in."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="danger" type="submit" form={formId} busy={open.isPending} disabled={tooShort}>
            Tell them and open
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={onSubmit} className="flex flex-col gap-4">
        <Notice tone="danger" title={`The stewards and leads of ${section.originator.name} are told first`}>
          <p>
            They see your name and your reason before you see anything, can end it at any moment, and must say
            within 72 hours whether it was justified. You can read, not change, print, copy or export.
          </p>
        </Notice>
        <Field
          label="What has happened, and why can it not wait?"
          hint={tooShort ? `At least ${LEAST} characters.` : 'This goes to the originator.'}
        >
          {(control) => (
            <TextArea
              {...control}
              value={reason}
              rows={3}
              maxLength={2000}
              required
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <fieldset className="flex flex-wrap gap-x-6 gap-y-2">
          <legend className="mb-2 font-medium text-sm">For how long</legend>
          {CHOICES.map((one) => (
            <Checkbox
              key={one}
              type="radio"
              name="minutes"
              value={String(one)}
              checked={minutes === one}
              onChange={() => setMinutes(one)}
              label={`${one} minutes`}
            />
          ))}
        </fieldset>
        {open.error ? <ProblemView problem={problemOf(open.error)} /> : null}
      </form>
    </Dialog>
  )
}
