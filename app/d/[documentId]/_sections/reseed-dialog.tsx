'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Checkbox } from '@/app/_components/controls/checkbox'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { Dialog } from '@/app/_components/overlays/dialog'
import { problemOf } from '@/app/_data/problem'
import { useSectionActs } from '@/app/d/[documentId]/use-acts'
import type { SectionView } from '@/lib/views/document'

const CHOICES = [5, 15, 60] as const

/** After a restored backup: lets open tabs bring back what the server has lost, for a while, on record. */
export function ReseedDialog({ section, onClose }: { section: SectionView; onClose: () => void }) {
  const { openReseed } = useSectionActs()
  const [minutes, setMinutes] = useState<(typeof CHOICES)[number]>(15)
  const formId = `reseed-${section.id}`
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    openReseed.mutate({ sectionId: section.id, minutes }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Bring back text of “${section.title}”?`}
      description="Only after a backup was restored, when tabs that stayed open still hold newer text."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} busy={openReseed.isPending}>
            Allow for {minutes} minutes
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={onSubmit} className="flex flex-col gap-4 text-sm">
        <p>
          Whoever may edit this section can then bring back what their tab still holds, also what other people
          wrote. The server cannot check who wrote it: it goes on record under the name of the person whose
          tab brought it. They must not reload the tab that holds the text: “Try again” there sends it.
        </p>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 font-medium">For how long</legend>
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
        {openReseed.error ? <ProblemView problem={problemOf(openReseed.error)} /> : null}
      </form>
    </Dialog>
  )
}
