'use client'

import { Plus, X } from 'lucide-react'
import { useId, useState } from 'react'
import type { RowsProps } from '@/app/_boundary/agency-rows'
import { clauseFor, withLevel, withUntil } from '@/app/_boundary/draft'
import { levelChoices } from '@/app/_boundary/level-choices'
import { UntilInput } from '@/app/_boundary/until-input'
import { IconButton } from '@/app/_components/controls/icon-button'
import { SearchInput } from '@/app/_components/controls/search-input'
import { Select } from '@/app/_components/controls/select'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Avatar } from '@/app/_components/marks/avatar'
import type { Level } from '@/lib/policy/vocabulary'
import type { ClauseInput } from '@/lib/views/boundary'
import type { PersonView } from '@/lib/views/person'

const MOST_FOUND = 6

/** People named one by one: search, add, level, last day. With agencies, groups that are named stand here too. */
export function PeopleRows({ view, draft, onDraft }: RowsProps) {
  const heading = useId()
  const kinds: ClauseInput['subjectKind'][] = draft.mode === 'people' ? ['person'] : ['person', 'group']
  const rows = draft.clauses.filter((one) => kinds.includes(one.subjectKind))
  const nameOf = ({ subjectId }: ClauseInput) =>
    view.people.find((one) => one.id === subjectId)?.name ??
    view.clauses?.find((one) => one.subjectId === subjectId)?.name ??
    'Somebody who has left'
  const agencyOf = ({ subjectId }: ClauseInput) =>
    view.people.find((one) => one.id === subjectId)?.org ??
    view.clauses?.find((one) => one.subjectId === subjectId)?.agency

  return (
    <div className="mt-4 flex flex-col gap-3">
      {draft.mode === 'agencies' ? (
        <h4 id={heading} className="font-medium text-sm">
          And these people
        </h4>
      ) : null}
      <PersonSearch
        people={view.people.filter((one) => clauseFor(draft, 'person', one.id) === undefined)}
        onAdd={(person) => onDraft(withLevel(draft, 'person', person.id, 'read'))}
      />
      {rows.length > 0 ? (
        <ul className="divide-y rounded-lg border">
          {rows.map((clause) => {
            const name = nameOf(clause)
            const agency = agencyOf(clause)
            return (
              <li
                key={`${clause.subjectKind} ${clause.subjectId}`}
                className="flex flex-wrap items-center gap-2 px-3 py-2"
              >
                <span className="flex min-w-40 flex-1 items-center gap-2">
                  {agency ? <Avatar person={{ name, org: agency }} size="sm" /> : null}
                  <span className="min-w-0 truncate">{name}</span>
                  {agency ? <AgencyTag agency={agency} /> : null}
                </span>
                <Select
                  aria-label={`What ${name} may do`}
                  value={clause.maxLevel}
                  options={levelChoices(clause.maxLevel, agency?.id === view.originator.id).filter(
                    (one) => one.value !== 'none',
                  )}
                  onChange={(event) =>
                    onDraft(
                      withLevel(draft, clause.subjectKind, clause.subjectId, event.target.value as Level),
                    )
                  }
                />
                <UntilInput
                  whom={name}
                  until={clause.until}
                  onUntil={(until) => onDraft(withUntil(draft, clause, until))}
                />
                <IconButton
                  label={`Take ${name} out`}
                  icon={<X />}
                  onClick={() => onDraft(withLevel(draft, clause.subjectKind, clause.subjectId, 'none'))}
                />
              </li>
            )
          })}
        </ul>
      ) : null}
    </div>
  )
}

function PersonSearch({ people, onAdd }: { people: PersonView[]; onAdd: (person: PersonView) => void }) {
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const found =
    wanted === ''
      ? []
      : people.filter((one) =>
          `${one.name} ${one.org.name} ${one.org.shortCode}`.toLowerCase().includes(wanted),
        )
  return (
    <div>
      <SearchInput
        aria-label="Add a person by name"
        placeholder="Add a person by name or agency"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {wanted === '' ? null : (
        <ul className="mt-1 rounded-lg border bg-popover p-1" aria-live="polite">
          {found.length === 0 ? (
            <li className="px-2 py-1 text-muted-foreground">Nobody of that name is in this workspace.</li>
          ) : null}
          {found.slice(0, MOST_FOUND).map((person) => (
            <li key={person.id}>
              <button
                type="button"
                onClick={() => {
                  onAdd(person)
                  setText('')
                }}
                className="flex min-h-8 w-full items-center gap-2 rounded-sm px-2 text-left hover:bg-accent pointer-coarse:min-h-10"
              >
                <Plus aria-hidden className="size-4 text-muted-foreground" />
                <span className="min-w-0 flex-1 truncate">{person.name}</span>
                <AgencyTag agency={person.org} />
              </button>
            </li>
          ))}
          {found.length > MOST_FOUND ? (
            <li className="px-2 py-1 text-muted-foreground text-sm">
              {found.length - MOST_FOUND} more: type more of the name.
            </li>
          ) : null}
        </ul>
      )}
    </div>
  )
}
