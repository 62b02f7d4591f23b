'use client'

import { X } from 'lucide-react'
import { IconButton } from '@/app/_components/controls/icon-button'
import { Select } from '@/app/_components/controls/select'
import { withLevel, withUntil } from '@/app/_sharing/change/draft'
import type { RowsProps } from '@/app/_sharing/rows/agency-rows'
import { levelChoices } from '@/app/_sharing/rows/level-choices'
import { SubjectMark } from '@/app/_sharing/rows/subject-mark'
import { namedIn } from '@/app/_sharing/rows/subjects'
import { UntilInput } from '@/app/_sharing/rows/until-input'
import type { Level } from '@/lib/policy/vocabulary'

/** People and groups that the boundary names one by one: level, last day, take out. */
export function NamedRows({ view, draft, onDraft }: RowsProps) {
  const rows = draft.clauses.filter(({ subjectKind }) => subjectKind !== 'org')
  if (rows.length === 0) return null
  return (
    <ul className="mt-4 divide-y rounded-lg border" aria-label="Named in the boundary">
      {rows.map((clause) => {
        const named = namedIn(view, clause)
        return (
          <li
            key={`${clause.subjectKind} ${clause.subjectId}`}
            className="flex flex-wrap items-center gap-2 px-3 py-2"
          >
            <span className="min-w-40 flex-1">
              <SubjectMark {...named} />
            </span>
            <Select
              aria-label={`What ${named.name} may do`}
              value={clause.maxLevel}
              options={levelChoices(clause.maxLevel, named.agency?.id === view.originator.id).filter(
                (one) => one.value !== 'none',
              )}
              onChange={(event) => onDraft(withLevel(draft, clause, event.target.value as Level))}
            />
            <UntilInput
              whom={named.name}
              until={clause.until}
              onUntil={(until) => onDraft(withUntil(draft, clause, until))}
            />
            <IconButton
              label={`Take ${named.name} out`}
              icon={<X />}
              onClick={() => onDraft(withLevel(draft, clause, 'none'))}
            />
          </li>
        )
      })}
    </ul>
  )
}
