'use client'

import { Select } from '@/app/_components/controls/select'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { clauseFor, type Draft, withLevel, withUntil } from '@/app/_sharing/change/draft'
import { levelChoices, levelWords } from '@/app/_sharing/rows/level-choices'
import { UntilInput } from '@/app/_sharing/rows/until-input'
import type { Level } from '@/lib/policy/vocabulary'
import type { SharingView } from '@/lib/views/sharing'

export interface RowsProps {
  view: SharingView
  draft: Draft
  onDraft: (draft: Draft) => void
}

/** Every agency of the workspace with how far it may go, and until when. */
export function AgencyRows({ view, draft, onDraft }: RowsProps) {
  return (
    <ul className="mt-4 divide-y rounded-lg border">
      {view.agencies.map((agency) => {
        const subject = { subjectKind: 'org', subjectId: agency.id } as const
        const clause = clauseFor(draft, 'org', agency.id)
        const level = clause?.maxLevel ?? 'none'
        const ceiling = view.ceilings.find((one) => one.agency.id === agency.id)?.ceiling
        return (
          <li key={agency.id} className="flex flex-wrap items-center gap-2 px-3 py-2">
            <span className="min-w-40 flex-1">
              <AgencyTag agency={agency} withName />
              {ceiling === undefined ? null : (
                <span className="block text-muted-foreground text-xs">
                  At most “{levelWords(ceiling).toLowerCase()}” in this workspace, whatever is chosen here
                </span>
              )}
            </span>
            <Select
              aria-label={`What ${agency.name} may do`}
              value={level}
              options={levelChoices(level, agency.id === view.originator.id)}
              onChange={(event) => onDraft(withLevel(draft, subject, event.target.value as Level))}
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
