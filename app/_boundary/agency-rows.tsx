'use client'

import { clauseFor, type Draft, withLevel, withUntil } from '@/app/_boundary/draft'
import { levelChoices } from '@/app/_boundary/level-choices'
import { UntilInput } from '@/app/_boundary/until-input'
import { Select } from '@/app/_components/controls/select'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import type { Level } from '@/lib/policy/vocabulary'
import type { BoundaryView } from '@/lib/views/boundary'

export interface RowsProps {
  view: BoundaryView
  draft: Draft
  onDraft: (draft: Draft) => void
}

/** Every agency of the workspace with how far it may go, and until when. */
export function AgencyRows({ view, draft, onDraft }: RowsProps) {
  return (
    <ul className="mt-4 divide-y rounded-lg border">
      {view.agencies.map((agency) => {
        const clause = clauseFor(draft, 'org', agency.id)
        const level = clause?.maxLevel ?? 'none'
        return (
          <li key={agency.id} className="flex flex-wrap items-center gap-2 px-3 py-2">
            <AgencyTag agency={agency} withName className="min-w-40 flex-1" />
            <Select
              aria-label={`What ${agency.name} may do`}
              value={level}
              options={levelChoices(level, agency.id === view.originator.id)}
              onChange={(event) => onDraft(withLevel(draft, 'org', agency.id, event.target.value as Level))}
            />
            {clause ? (
              <UntilInput
                whom={agency.name}
                until={clause.until}
                onUntil={(until) => onDraft(withUntil(draft, clause, until))}
              />
            ) : null}
          </li>
        )
      })}
    </ul>
  )
}
