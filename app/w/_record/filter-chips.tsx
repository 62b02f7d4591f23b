'use client'

import { X } from 'lucide-react'
import { utcToTheSecond } from '@/app/_components/marks/time-words'
import { capital, eventWords, OUTCOME_WORDS } from '@/app/w/_record/event-words'
import { changed } from '@/app/w/_record/use-record-filter'
import type { RecordChoicesView, RecordFilter } from '@/lib/views/record'

interface FilterChipsProps {
  filter: RecordFilter
  choices: RecordChoicesView
  onChange: (filter: RecordFilter) => void
}

const named = (rows: readonly { id: string; name?: string; title?: string }[], id: string) => {
  const row = rows.find((one) => one.id === id)
  return row?.name ?? row?.title ?? `id ${id}`
}

const wordsOf = (
  filter: RecordFilter,
  choices: RecordChoicesView,
): { field: keyof RecordFilter; text: string }[] => {
  const { personId, orgId, documentId, sectionId, type, outcome, from, until } = filter
  return [
    personId && { field: 'personId' as const, text: `Person: ${named(choices.people, personId)}` },
    orgId && { field: 'orgId' as const, text: `Agency: ${named(choices.orgs, orgId)}` },
    documentId && { field: 'documentId' as const, text: `Document: ${named(choices.documents, documentId)}` },
    sectionId && { field: 'sectionId' as const, text: `Section: ${named(choices.sections, sectionId)}` },
    type && { field: 'type' as const, text: capital(eventWords(type)) },
    outcome && { field: 'outcome' as const, text: OUTCOME_WORDS[outcome] },
    from && { field: 'from' as const, text: `From ${utcToTheSecond(new Date(from))}` },
    until && { field: 'until' as const, text: `Until ${utcToTheSecond(new Date(until))}` },
  ].filter((chip) => chip !== undefined && chip !== '')
}

/** What narrows the list now, in words; each can be taken away. */
export function FilterChips({ filter, choices, onChange }: FilterChipsProps) {
  const chips = wordsOf(filter, choices)
  if (chips.length === 0) return null
  return (
    <ul aria-label="Active filters" className="flex flex-wrap items-center gap-1.5">
      {chips.map(({ field, text }) => (
        <li key={field}>
          <button
            type="button"
            aria-label={`Take away the filter ${text}`}
            onClick={() => onChange(changed(filter, { [field]: undefined }))}
            className="flex min-h-7 items-center gap-1.5 rounded-full border border-primary/30 bg-primary-soft px-2.5 text-left text-sm hover:border-primary pointer-coarse:min-h-10"
          >
            <span className="break-words">{text}</span>
            <X aria-hidden className="size-3.5 shrink-0" />
          </button>
        </li>
      ))}
      <li>
        <button
          type="button"
          onClick={() => onChange({})}
          className="min-h-7 rounded-md px-2 font-medium text-primary text-sm hover:bg-accent pointer-coarse:min-h-10"
        >
          Clear all
        </button>
      </li>
    </ul>
  )
}
