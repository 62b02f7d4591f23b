'use client'

import { useQuery } from '@tanstack/react-query'
import { WhoPanel } from '@/app/_access/who-panel'
import { Button } from '@/app/_components/controls/button'
import { Empty } from '@/app/_components/feedback/empty'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Time } from '@/app/_components/marks/time'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { didWords, totalWords } from '@/app/w/_record/ask/answer-words'
import { eventWords } from '@/app/w/_record/event-words'
import { capital } from '@/app/w/_record/plain-words'
import type { EventType } from '@/lib/audit/catalogue'
import { type Grouping, QUESTIONS, type Question, type QuestionId } from '@/lib/audit/questions'
import type { Id } from '@/lib/ids'
import type { RecordGroupsView, RecordGroupView } from '@/lib/views/desk'
import type { RecordFilter } from '@/lib/views/record'

interface AnswerProps {
  workspaceId: Id
  question: QuestionId
  filter: RecordFilter
  onFilter: (filter: RecordFilter) => void
}

/** The answer to a question in sentences: who or what, how often, first and last. Each opens its entries. */
export function Answer(props: AnswerProps) {
  const question: Question = QUESTIONS[props.question]
  const { sectionId } = props.filter
  return (
    <section aria-labelledby="answer" className="rounded-lg border bg-card">
      <header className="border-b px-4 py-3">
        <h2 id="answer" className="font-semibold text-lg">
          {question.title}
        </h2>
        <p className="text-muted-foreground text-sm">{question.hint}</p>
      </header>
      <div className="p-4">
        {question.fromPolicy && sectionId ? <WhoPanel on={{ sectionId }} /> : null}
        {question.fromPolicy ? null : <Counted {...props} by={question.by} />}
      </div>
    </section>
  )
}

function Counted({ workspaceId, question, filter, onFilter, by }: AnswerProps & { by: Grouping }) {
  const api = useApi()
  // An answer is a look on record: asked once, not again whenever the window gets the focus.
  const query = useQuery(
    api.record.ask.queryOptions(
      { workspaceId, filter, by, question },
      { staleTime: Number.POSITIVE_INFINITY, retry: false },
    ),
  )
  if (query.error) return <ProblemView problem={problemOf(query.error)} />
  if (query.isPending)
    return (
      <div aria-busy="true">
        <span className="sr-only">Reading the record.</span>
        <SkeletonLines lines={4} />
      </div>
    )
  const answer = query.data
  if (answer.groups.length === 0)
    return <Empty title="Nothing on record">Nothing of this kind happened in that time.</Empty>
  return (
    <div aria-live="polite">
      <p className="mb-2">{totalWords(answer, by)}</p>
      <ul className="divide-y">
        {answer.groups.map((group) => (
          <Group
            key={group.key ?? ''}
            group={group}
            by={by}
            onOpen={() => onFilter({ ...filter, ...group.only })}
          />
        ))}
      </ul>
      <More answer={answer} />
    </div>
  )
}

function Group({ group, by, onOpen }: { group: RecordGroupView; by: Grouping; onOpen: () => void }) {
  const name = by === 'type' && group.key ? capital(eventWords(group.key as EventType)) : group.name
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 gap-y-1 py-2">
      <span className="flex min-w-48 items-center gap-2 font-medium">
        {group.agency ? <AgencyTag agency={group.agency} /> : null}
        <span className="break-words">{name}</span>
      </span>
      <span className="min-w-0 flex-1 basis-72 break-words">
        {didWords(group, by)}
        {group.refused > 0 ? (
          <span className="text-destructive">
            {' '}
            {group.refused === group.entries
              ? 'All refused.'
              : `${group.refused.toLocaleString('en')} refused.`}
          </span>
        ) : null}
        <span className="block text-muted-foreground text-sm">
          {group.entries === 1 ? null : (
            <>
              First <Time at={group.first} as="audit" />, last{' '}
            </>
          )}
          <Time at={group.last} as="audit" /> UTC
        </span>
      </span>
      {Object.keys(group.only).length > 0 ? (
        <Button size="sm" onClick={onOpen}>
          {group.entries === 1 ? 'Show the entry' : `Show ${group.entries.toLocaleString('en')} entries`}
          <span className="sr-only"> of {name}</span>
        </Button>
      ) : null}
    </li>
  )
}

const More = ({ answer }: { answer: RecordGroupsView }) =>
  answer.isWhole ? null : (
    <p className="mt-2 text-muted-foreground text-sm">
      Only the newest {answer.entries.toLocaleString('en')} entries are counted here. Choose a shorter time
      for older ones.
    </p>
  )
