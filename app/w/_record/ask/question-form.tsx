'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { Select } from '@/app/_components/controls/select'
import { type Chosen, filterFor, lastDays, wholeDay } from '@/app/w/_record/ask/question-filter'
import type { Question, QuestionNeed } from '@/lib/audit/questions'
import type { RecordChoicesView, RecordFilter } from '@/lib/views/record'

interface QuestionFormProps {
  question: Question
  choices: RecordChoicesView
  onAnswer: (filter: RecordFilter) => void
}

const FIELD_OF = { section: 'sectionId', person: 'personId', org: 'orgId' } as const
const LABELS = { section: 'Section', person: 'Person', org: 'Agency' } as const

const optionsOf = (need: keyof typeof FIELD_OF, { sections, documents, people, orgs }: RecordChoicesView) => {
  if (need === 'person')
    return people.map(({ id, name, orgShortCode }) => ({ value: id, label: `${name} (${orgShortCode})` }))
  if (need === 'org') return orgs.map(({ id, name }) => ({ value: id, label: name }))
  const titles = new Map(documents.map(({ id, title }) => [id, title]))
  return sections.map(({ id, title, documentId }) => ({
    value: id,
    label: title,
    group: titles.get(documentId) ?? 'A document',
  }))
}

const typed = (moment: string | undefined) => moment?.slice(0, 16) ?? ''
const momentOf = (value: string) => (value === '' ? undefined : new Date(`${value}Z`).toISOString())

/** What a question must be told. All times are UTC, as the record's are. */
export function QuestionForm({ question, choices, onAnswer }: QuestionFormProps) {
  const [chosen, setChosen] = useState<Chosen>(() => (asks(question, 'range') ? lastDays(30) : {}))
  const [missing, setMissing] = useState(false)
  const set = (change: Chosen) => setChosen({ ...chosen, ...change })
  const named = question.needs.filter((need) => need in FIELD_OF) as (keyof typeof FIELD_OF)[]
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const lacks =
      named.some((need) => !chosen[FIELD_OF[need]]) || (asks(question, 'day') && chosen.from === undefined)
    setMissing(lacks)
    if (!lacks) onAnswer(filterFor(question, chosen))
  }
  return (
    <form onSubmit={submit} className="mt-3 flex flex-wrap items-end gap-3 border-t pt-3">
      {named.map((need) => (
        <Field
          key={need}
          label={LABELS[need]}
          className="min-w-56 max-w-full"
          problem={missing && !chosen[FIELD_OF[need]] ? 'Choose one first.' : undefined}
        >
          {(control) => (
            <Select
              {...control}
              value={chosen[FIELD_OF[need]] ?? ''}
              onChange={(event) => set({ [FIELD_OF[need]]: event.target.value || undefined })}
              options={[{ value: '', label: 'Choose' }, ...optionsOf(need, choices)]}
            />
          )}
        </Field>
      ))}
      {asks(question, 'day') ? (
        <Field label="Day (UTC)" problem={missing && !chosen.from ? 'Choose a day first.' : undefined}>
          {(control) => (
            <Input
              {...control}
              type="date"
              value={chosen.from?.slice(0, 10) ?? ''}
              onChange={(event) => set(wholeDay(event.target.value))}
            />
          )}
        </Field>
      ) : null}
      {asks(question, 'range')
        ? (['from', 'until'] as const).map((end) => (
            <Field key={end} label={end === 'from' ? 'From (UTC)' : 'Until (UTC)'}>
              {(control) => (
                <Input
                  {...control}
                  type="datetime-local"
                  value={typed(chosen[end])}
                  onChange={(event) => setChosen(withEnd(chosen, end, momentOf(event.target.value)))}
                />
              )}
            </Field>
          ))
        : null}
      <Button type="submit" variant="primary">
        Answer
      </Button>
    </form>
  )
}

const asks = ({ needs }: Question, need: QuestionNeed) => needs.includes(need)

const withEnd = (chosen: Chosen, end: 'from' | 'until', moment: string | undefined): Chosen => {
  const { [end]: _, ...rest } = chosen
  return moment === undefined ? rest : { ...rest, [end]: moment }
}
