'use client'

import { useState } from 'react'
import { filterFor, lastDays } from '@/app/w/_record/ask/question-filter'
import { QuestionForm } from '@/app/w/_record/ask/question-form'
import { QUESTIONS, type Question, type QuestionId } from '@/lib/audit/questions'
import type { RecordChoicesView, RecordFilter } from '@/lib/views/record'

interface AskPanelProps {
  choices: RecordChoicesView
  onAsk: (filter: RecordFilter, question: QuestionId) => void
}

/** The questions of the desk. What needs no more than a time is answered at once, for the last 30 days. */
export function AskPanel({ choices, onAsk }: AskPanelProps) {
  const [open, setOpen] = useState<QuestionId | null>(null)
  const choose = (id: QuestionId) => {
    const question: Question = QUESTIONS[id]
    if (question.needs.every((need) => need === 'range')) onAsk(filterFor(question, { ...lastDays(30) }), id)
    else setOpen(open === id ? null : id)
  }
  return (
    <section aria-label="Questions" className="rounded-lg border bg-card p-3">
      <ul className="grid gap-1.5 sm:grid-cols-2 lg:grid-cols-3">
        {(Object.entries(QUESTIONS) as [QuestionId, Question][]).map(([id, { title, hint, needs }]) => (
          <li key={id}>
            <button
              type="button"
              aria-expanded={needs.some((need) => need !== 'range') ? open === id : undefined}
              onClick={() => choose(id)}
              className="flex h-full w-full flex-col rounded-md border px-3 py-2 text-left hover:border-primary hover:bg-accent aria-expanded:border-primary aria-expanded:bg-primary-soft"
            >
              <span className="font-medium">{title}</span>
              <span className="text-muted-foreground text-sm">{hint}</span>
            </button>
          </li>
        ))}
      </ul>
      {open === null ? null : (
        <QuestionForm
          key={open}
          question={QUESTIONS[open]}
          choices={choices}
          onAnswer={(filter) => onAsk(filter, open)}
        />
      )}
    </section>
  )
}
