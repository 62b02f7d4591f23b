import { utcToTheSecond } from '@/app/_components/marks/time-words'
import { eventWords } from '@/app/w/_record/event-words'
import { capital, OUTCOME_WORDS } from '@/app/w/_record/plain-words'
import type { FilterField } from '@/app/w/_record/record-query'
import type { EventType, Outcome } from '@/lib/audit/catalogue'
import { EVENT_KINDS, type EventKind } from '@/lib/audit/figures/kind-names'
import type { RecordChoicesView, RecordFilter } from '@/lib/views/record'

/** What ids are called on this page: choices, and what was found by name. */
export type NameOf = (id: string) => string

export const namesOf = (choices: RecordChoicesView, found: ReadonlyMap<string, string>): NameOf => {
  const rows: { id: string; name?: string; title?: string }[] = [
    ...choices.people,
    ...choices.orgs,
    ...choices.documents,
    ...choices.sections,
  ]
  const names = new Map(rows.map(({ id, name, title }) => [id, name ?? title ?? id]))
  return (id) => names.get(id) ?? found.get(id) ?? `id ${id.slice(-8)}`
}

const WORDS: Record<FilterField, (value: string, nameOf: NameOf) => string> = {
  personId: (id, nameOf) => `Person: ${nameOf(id)}`,
  orgId: (id, nameOf) => `Agency: ${nameOf(id)}`,
  documentId: (id, nameOf) => `Document: ${nameOf(id)}`,
  sectionId: (id, nameOf) => `Section: ${nameOf(id)}`,
  kind: (kind) => EVENT_KINDS[kind as EventKind],
  type: (type) => capital(eventWords(type as EventType)),
  outcome: (outcome) => OUTCOME_WORDS[outcome as Outcome],
  rule: (rule) => `Rule ${rule}`,
}

/** One chip each: what must fit, and what is left out. */
export const chipsOf = (filter: RecordFilter, nameOf: NameOf) => {
  const fields = Object.keys(WORDS) as FilterField[]
  const asked = fields.flatMap((field) => {
    const value = filter[field]
    return value === undefined ? [] : [{ field, value, text: WORDS[field](value, nameOf) }]
  })
  const left = fields.flatMap((field) =>
    (filter.not?.[field] ?? []).map((value) => ({
      field,
      value,
      text: `Not ${WORDS[field](value, nameOf)}`,
    })),
  )
  const { originatorId, from, until } = filter
  const others = [
    originatorId && { field: 'originatorId' as const, text: `On sections of ${nameOf(originatorId)}` },
    from && { field: 'from' as const, text: `From ${utcToTheSecond(new Date(from))}` },
    until && { field: 'until' as const, text: `Until ${utcToTheSecond(new Date(until))}` },
  ].filter((chip) => chip !== undefined && chip !== '')
  return { asked, left, others }
}
