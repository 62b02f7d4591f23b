'use client'

import { useState } from 'react'
import { Field } from '@/app/_components/controls/field'
import { SearchInput } from '@/app/_components/controls/search-input'
import { Select } from '@/app/_components/controls/select'
import { RULE_WORDS } from '@/app/_components/marks/rule-words'
import { eventWords } from '@/app/w/_record/event-words'
import { NameSearch } from '@/app/w/_record/filter/name-search'
import { TimeFilter } from '@/app/w/_record/filter/time-filter'
import { capital, OUTCOME_WORDS } from '@/app/w/_record/plain-words'
import { changed } from '@/app/w/_record/use-record-filter'
import type { EventType, Outcome } from '@/lib/audit/catalogue'
import { EVENTS } from '@/lib/audit/catalogue'
import { kindOf } from '@/lib/audit/event-kinds'
import { EVENT_KINDS, type EventKind } from '@/lib/audit/figures/kind-names'
import type { Id } from '@/lib/ids'
import { RULES, type Rule } from '@/lib/policy/vocabulary'
import type { FoundView } from '@/lib/views/desk'
import type { RecordChoicesView, RecordFilter } from '@/lib/views/record'

interface FilterPanelProps {
  workspaceId: Id
  filter: RecordFilter
  choices: RecordChoicesView
  onChange: (filter: RecordFilter) => void
  onFound: (found: FoundView) => void
}

const FIELD_OF = { person: 'personId', org: 'orgId', document: 'documentId', section: 'sectionId' } as const

/** "reads" or "reads:section.opened": a kind as a whole, then its types. */
const eventOptions = (typed: string) => {
  const fits = (text: string) => text.toLowerCase().includes(typed.trim().toLowerCase())
  const types = Object.keys(EVENTS) as EventType[]
  return (Object.entries(EVENT_KINDS) as [EventKind, string][]).flatMap(([kind, name]) => {
    const inside = types
      .filter((type) => kindOf(type) === kind && (fits(eventWords(type)) || fits(type) || fits(name)))
      .map((type) => ({ value: type, label: capital(eventWords(type)), group: name }))
    return inside.length === 0
      ? []
      : [{ value: `kind:${kind}`, label: `All: ${name}`, group: name }, ...inside]
  })
}

/** All filters together must fit. */
export function FilterPanel({ workspaceId, filter, choices, onChange, onFound }: FilterPanelProps) {
  const [typed, setTyped] = useState('')
  const set = (change: Parameters<typeof changed>[1]) => onChange(changed(filter, change))
  const choose = (found: FoundView) => {
    onFound(found)
    set({ [FIELD_OF[found.kind]]: found.id })
  }
  const chooseEvent = (value: string) =>
    value.startsWith('kind:')
      ? set({ kind: value.slice(5) as EventKind, type: undefined })
      : set({ type: (value || undefined) as EventType | undefined, kind: undefined })
  return (
    <search
      aria-label="Filters of the record"
      className="grid grid-cols-1 items-end gap-3 rounded-lg border bg-card p-3 sm:grid-cols-2 lg:grid-cols-4"
    >
      <NameSearch workspaceId={workspaceId} onChoose={choose} />
      <Field label="Person">
        {(control) => (
          <Select
            {...control}
            value={filter.personId ?? ''}
            onChange={(event) => set({ personId: event.target.value || undefined })}
            options={[
              { value: '', label: 'Anybody' },
              ...choices.people.map(({ id, name, orgShortCode }) => ({
                value: id,
                label: `${name} (${orgShortCode})`,
              })),
            ]}
          />
        )}
      </Field>
      <Field label="Agency">
        {(control) => (
          <Select
            {...control}
            value={filter.orgId ?? ''}
            onChange={(event) => set({ orgId: event.target.value || undefined })}
            options={[
              { value: '', label: 'Any agency' },
              ...choices.orgs.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
      </Field>
      <Field label="On sections of">
        {(control) => (
          <Select
            {...control}
            value={filter.originatorId ?? ''}
            onChange={(event) => set({ originatorId: event.target.value || undefined })}
            options={[
              { value: '', label: 'Any agency, or none' },
              ...choices.orgs.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
      </Field>
      <div className="flex flex-col gap-1">
        <SearchInput
          aria-label="Narrow the list of what happened"
          placeholder="Narrow the list below"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Field label="What happened">
          {(control) => (
            <Select
              {...control}
              value={filter.type ?? (filter.kind ? `kind:${filter.kind}` : '')}
              onChange={(event) => chooseEvent(event.target.value)}
              options={[{ value: '', label: 'Anything' }, ...eventOptions(typed)]}
            />
          )}
        </Field>
      </div>
      <Field label="Outcome">
        {(control) => (
          <Select
            {...control}
            value={filter.outcome ?? ''}
            onChange={(event) => set({ outcome: (event.target.value || undefined) as Outcome | undefined })}
            options={[
              { value: '', label: 'Any outcome' },
              ...Object.entries(OUTCOME_WORDS).map(([value, label]) => ({ value, label })),
            ]}
          />
        )}
      </Field>
      <Field label="Rule that decided">
        {(control) => (
          <Select
            {...control}
            value={filter.rule ?? ''}
            onChange={(event) => set({ rule: (event.target.value || undefined) as Rule | undefined })}
            options={[
              { value: '', label: 'Any rule' },
              ...RULES.map((rule) => ({ value: rule, label: `${rule} · ${RULE_WORDS[rule]}` })),
            ]}
          />
        )}
      </Field>
      <div>
        <TimeFilter filter={filter} onChange={onChange} />
      </div>
    </search>
  )
}
