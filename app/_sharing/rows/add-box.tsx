'use client'

import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Select } from '@/app/_components/controls/select'
import { type GivenDraft, withAdded } from '@/app/_sharing/change/draft'
import type { RowsProps } from '@/app/_sharing/rows/agency-rows'
import { FindSubject } from '@/app/_sharing/rows/find-subject'
import { levelChoices } from '@/app/_sharing/rows/level-choices'
import { SubjectMark } from '@/app/_sharing/rows/subject-mark'
import { type Candidate, candidatesOf } from '@/app/_sharing/rows/subjects'
import { UntilInput } from '@/app/_sharing/rows/until-input'
import { atLeast } from '@/lib/policy/vocabulary'

/** Whom to let in, how far and until when. What comes of it is shown before it happens. */
export function AddBox({ view, draft, onDraft }: RowsProps) {
  const [chosen, setChosen] = useState<Candidate | null>(null)
  const [level, setLevel] = useState<GivenDraft['level']>('read')
  const [until, setUntil] = useState<string | null>(null)
  const add = () => {
    if (chosen === null) return
    const { subjectKind, subjectId, byRole } = chosen
    // Agencies and groups come in by the boundary; without one they are there already, so more is a grant.
    const reaches = byRole === null ? draft.mode !== 'everyone' : atLeast(byRole, level)
    onDraft(withAdded(draft, { subjectKind, subjectId, level, until }, reaches ? 'reaches' : 'falls short'))
    setChosen(null)
    setUntil(null)
  }
  return (
    <section aria-labelledby="let-in" className="flex flex-col gap-2">
      <h3 id="let-in" className="font-semibold">
        Let somebody in
      </h3>
      <FindSubject
        label="Find a person, a group or an agency"
        placeholder="Name of a person, a group or an agency"
        candidates={candidatesOf(view).filter((one) => draft.mode !== 'people' || one.subjectKind !== 'org')}
        onFound={setChosen}
      />
      {chosen === null ? null : (
        <div className="flex flex-wrap items-center gap-2 rounded-lg border px-3 py-2">
          <span className="min-w-40 flex-1">
            <SubjectMark {...chosen} />
          </span>
          <Select
            aria-label={`How far ${chosen.name} may go`}
            value={level}
            options={levelChoices(level, chosen.agency?.id === view.originator.id).filter(
              (one) => one.value !== 'none',
            )}
            onChange={(event) => setLevel(event.target.value as GivenDraft['level'])}
          />
          <UntilInput whom={chosen.name} until={until} onUntil={setUntil} />
          <Button onClick={() => setChosen(null)}>Cancel</Button>
          <Button variant="primary" onClick={add}>
            Add
          </Button>
        </div>
      )}
    </section>
  )
}
