'use client'

import { useState } from 'react'
import { createPortal } from 'react-dom'
import { Button } from '@/app/_components/controls/button'
import { Checkbox } from '@/app/_components/controls/checkbox'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { toast } from '@/app/_components/feedback/toast'
import { useFreshProof } from '@/app/_session/use-fresh-proof'
import { ChangePreview } from '@/app/_sharing/change/change-preview'
import { actWords, doneWords } from '@/app/_sharing/change/change-words'
import { ConfirmWidening } from '@/app/_sharing/change/confirm-widening'
import { changeOf, type Draft, draftOf, inMode } from '@/app/_sharing/change/draft'
import { useSharingChange } from '@/app/_sharing/change/use-sharing-change'
import { MarkingAndFreeze } from '@/app/_sharing/marking-and-freeze'
import { RecallNow } from '@/app/_sharing/recall-now'
import { AddBox } from '@/app/_sharing/rows/add-box'
import { AgencyRows } from '@/app/_sharing/rows/agency-rows'
import { BlockRows, GivenRows } from '@/app/_sharing/rows/given-rows'
import { NamedRows } from '@/app/_sharing/rows/named-rows'
import type { SharingView } from '@/lib/views/sharing'

interface ShareFormProps {
  view: SharingView
  start?: Partial<Draft>
  /** The window's own footer, where the buttons stand. */
  footer: HTMLElement | null
  onClose: () => void
  onSet: () => void
  /** Somebody else changed it meanwhile: ask again who can see it now. */
  onStale: () => void
}

const MODES = [
  { mode: 'everyone', label: 'Everyone here', hint: 'As far as their role goes. Nothing is held back.' },
  { mode: 'agencies', label: 'Agencies', hint: 'Whole agencies, each as far as you say.' },
  { mode: 'people', label: 'People', hint: 'Only the people and groups you name.' },
] as const

/** Sets who can see it: choose, see exactly who would gain or lose, then act. */
export function ShareForm({ view, start, footer, onClose, onSet, onStale }: ShareFormProps) {
  const [draft, setDraft] = useState<Draft>(() => ({ ...draftOf(view), ...start }))
  const [confirming, setConfirming] = useState(false)
  const proof = useFreshProof()
  const wanted = changeOf(draft, view)
  const change = useSharingChange({
    on: view.on,
    change: wanted,
    proof,
    onStale: () => {
      setConfirming(false)
      onStale()
    },
    onSet: (done, outcome) => {
      toast({ text: doneWords(done, outcome), ...(outcome.applied ? {} : { seconds: 12 }) })
      onSet()
    },
  })
  const { preview } = change
  const ready = wanted !== null && preview?.allowed === true
  const act = () => {
    if (preview === null) return
    if (preview.widens) setConfirming(true)
    else change.apply()
  }
  const rows = { view, draft, onDraft: setDraft }

  return (
    <>
      {footer === null
        ? null
        : createPortal(
            <>
              <RecallNow view={view} onRecalled={onSet} />
              <span className="flex-1" />
              <Button onClick={onClose}>{wanted === null ? 'Close' : 'Cancel'}</Button>
              {wanted === null ? null : (
                <Button
                  variant={preview !== null && preview.lose.length > 0 ? 'danger' : 'primary'}
                  busy={change.setting || change.working}
                  disabledWhy={ready || change.working ? null : 'This cannot be set as it is; see above.'}
                  onClick={act}
                >
                  {preview === null ? 'Working out who is affected' : actWords(preview)}
                </Button>
              )}
            </>,
            footer,
          )}
      <AddBox {...rows} />
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
        {draft.mode === 'agencies' ? <AgencyRows {...rows} /> : null}
        {draft.mode === 'everyone' ? null : <NamedRows {...rows} />}
      </fieldset>
      <GivenRows {...rows} />
      <BlockRows {...rows} />
      <MarkingAndFreeze {...rows} />
      {wanted === null ? null : <ChangePreview change={change} />}
      {confirming && preview !== null ? (
        <ConfirmWidening
          change={preview}
          busy={change.setting}
          problem={change.problem ? <ProblemView problem={change.problem} /> : null}
          onCancel={() => setConfirming(false)}
          onConfirm={change.apply}
        />
      ) : null}
      {proof.window}
    </>
  )
}
