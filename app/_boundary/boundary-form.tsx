'use client'

import { useState } from 'react'
import { createPortal } from 'react-dom'
import { AgencyRows } from '@/app/_boundary/agency-rows'
import { ChangePreview } from '@/app/_boundary/change-preview'
import { actWords, doneWords } from '@/app/_boundary/change-words'
import { ConfirmWidening } from '@/app/_boundary/confirm-widening'
import { boundaryOf, type Draft, draftOf, inMode, sameBoundary } from '@/app/_boundary/draft'
import { PeopleRows } from '@/app/_boundary/people-rows'
import { useBoundaryChange } from '@/app/_boundary/use-boundary-change'
import { WhoNow } from '@/app/_boundary/who-now'
import { Button } from '@/app/_components/controls/button'
import { Checkbox } from '@/app/_components/controls/checkbox'
import { toast } from '@/app/_components/feedback/toast'
import type { BoundaryView } from '@/lib/views/boundary'

interface BoundaryFormProps {
  view: BoundaryView
  /** The window's own footer, where the buttons stand. */
  footer: HTMLElement | null
  onClose: () => void
  onSet: () => void
  /** Somebody else changed it meanwhile: ask again who can see it now. */
  onStale: () => void
}

const MODES = [
  { mode: 'everyone', label: 'Everyone here', hint: 'All who can see the document. Nothing is held back.' },
  { mode: 'agencies', label: 'Agencies', hint: 'Whole agencies, each as far as you say.' },
  { mode: 'people', label: 'People', hint: 'Only those you name, whatever their agency.' },
] as const

/** Sets a boundary: choose, see exactly who would gain or lose, then act. */
export function BoundaryForm({ view, footer, onClose, onSet, onStale }: BoundaryFormProps) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(view))
  const [confirming, setConfirming] = useState(false)
  const boundary = boundaryOf(draft)
  const changed = !sameBoundary(boundary, boundaryOf(draftOf(view)))
  const change = useBoundaryChange({
    sectionId: view.sectionId,
    boundary,
    changed,
    onStale: () => {
      setConfirming(false)
      onStale()
    },
    onSet: (done) => {
      toast({ text: doneWords(done) })
      onSet()
    },
  })
  const { preview } = change
  const ready = changed && preview?.allowed === true
  const act = () => {
    if (preview === null) return
    if (preview.widens) setConfirming(true)
    else change.apply()
  }

  return (
    <>
      {footer === null
        ? null
        : createPortal(
            <>
              <Button onClick={onClose}>{changed ? 'Cancel' : 'Close'}</Button>
              {changed ? (
                <Button
                  variant={preview !== null && preview.lose.length > 0 ? 'danger' : 'primary'}
                  busy={change.setting || change.working}
                  disabledWhy={ready || change.working ? null : 'This cannot be set as it is; see above.'}
                  onClick={act}
                >
                  {preview === null ? 'Working out who is affected' : actWords(preview)}
                </Button>
              ) : null}
            </>,
            footer,
          )}
      <div className="flex flex-col gap-6">
        <fieldset>
          <legend className="mb-2 font-semibold">Who may see it at most</legend>
          <div className="grid gap-3 sm:grid-cols-3">
            {MODES.map(({ mode, label, hint }) => (
              <Checkbox
                key={mode}
                type="radio"
                name="audience"
                checked={draft.mode === mode}
                onChange={() => setDraft(inMode(draft, mode, view))}
                label={label}
                hint={hint}
              />
            ))}
          </div>
          {draft.mode === 'agencies' ? <AgencyRows view={view} draft={draft} onDraft={setDraft} /> : null}
          {draft.mode !== 'everyone' ? <PeopleRows view={view} draft={draft} onDraft={setDraft} /> : null}
        </fieldset>
        {changed ? <ChangePreview change={change} /> : null}
        <WhoNow who={view.who} />
      </div>
      {confirming && preview !== null ? (
        <ConfirmWidening
          change={preview}
          busy={change.setting}
          onCancel={() => setConfirming(false)}
          onConfirm={change.apply}
        />
      ) : null}
    </>
  )
}
