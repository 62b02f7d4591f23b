'use client'

import { Field } from '@/app/_components/controls/field'
import { Select } from '@/app/_components/controls/select'
import { eventOptions, OUTCOME_WORDS } from '@/app/w/_record/event-words'
import { TimeFilter } from '@/app/w/_record/time-filter'
import { changed } from '@/app/w/_record/use-record-filter'
import type { EventType, Outcome } from '@/lib/audit/catalogue'
import type { RecordChoicesView, RecordFilter } from '@/lib/views/record'

interface FilterBarProps {
  filter: RecordFilter
  choices: RecordChoicesView
  onChange: (filter: RecordFilter) => void
}

const EVENT_OPTIONS = [{ value: '', label: 'Anything' }, ...eventOptions()]
const OUTCOME_OPTIONS = [
  { value: '', label: 'Any outcome' },
  ...Object.entries(OUTCOME_WORDS).map(([value, label]) => ({ value, label })),
]

/** Documents, each followed by its sections, set in. */
const objectOptions = ({ documents, sections }: RecordChoicesView) =>
  documents.flatMap((document) => [
    { value: `d:${document.id}`, label: document.title },
    ...sections
      .filter((section) => section.documentId === document.id)
      .map((section) => ({ value: `s:${section.id}`, label: `\u00a0\u00a0\u00a0${section.title}` })),
  ])

const objectOf = ({ documentId, sectionId }: RecordFilter): string =>
  sectionId ? `s:${sectionId}` : documentId ? `d:${documentId}` : ''

/** All filters together must fit. */
export function FilterBar({ filter, choices, onChange }: FilterBarProps) {
  const set = (change: Parameters<typeof changed>[1]) => onChange(changed(filter, change))
  const chooseObject = (value: string) =>
    set({
      documentId: value.startsWith('d:') ? value.slice(2) : undefined,
      sectionId: value.startsWith('s:') ? value.slice(2) : undefined,
    })
  return (
    <search
      aria-label="Filters of the record"
      className="grid grid-cols-2 gap-2 sm:grid-cols-3 xl:grid-cols-6"
    >
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
      <Field label="Object">
        {(control) => (
          <Select
            {...control}
            value={objectOf(filter)}
            onChange={(event) => chooseObject(event.target.value)}
            options={[{ value: '', label: 'Everything' }, ...objectOptions(choices)]}
          />
        )}
      </Field>
      <Field label="What happened">
        {(control) => (
          <Select
            {...control}
            value={filter.type ?? ''}
            onChange={(event) => set({ type: (event.target.value || undefined) as EventType | undefined })}
            options={EVENT_OPTIONS}
          />
        )}
      </Field>
      <Field label="Outcome">
        {(control) => (
          <Select
            {...control}
            value={filter.outcome ?? ''}
            onChange={(event) => set({ outcome: (event.target.value || undefined) as Outcome | undefined })}
            options={OUTCOME_OPTIONS}
          />
        )}
      </Field>
      <TimeFilter filter={filter} onChange={onChange} />
    </search>
  )
}
