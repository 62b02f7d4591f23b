'use client'

import { useQuery } from '@tanstack/react-query'
import { Check, Minus, X } from 'lucide-react'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import { Time } from '@/app/_components/marks/time'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { levelWords } from '@/app/_sharing/rows/level-choices'
import type { Id } from '@/lib/ids'
import type { Rule } from '@/lib/policy/vocabulary'
import type { RowView, TraceView } from '@/lib/views/access'
import type { SharingRef } from '@/lib/views/sharing'

type Step = TraceView['steps'][number]

/** What each rule looks at, whatever it then says. */
const LOOKS_AT: Record<Rule, string> = {
  R0: 'Everything that must be known to decide',
  R1: 'The account, its organisation and the sign-in',
  R2: 'Duties that are kept apart',
  R3: 'Explicit blocks',
  R4: 'How the organisation takes part here',
  R5: 'The boundary',
  R6: 'What the marking asks for',
  R7: 'The role and what was granted',
  R8: 'Whether it is frozen or archived',
  R9: 'Taking it out',
}

const SAID = {
  passed: { icon: Check, ink: 'text-success', words: 'Passed' },
  capped: { icon: Minus, ink: 'text-warning', words: 'At most' },
  denied: { icon: X, ink: 'text-destructive', words: 'Denied' },
} as const

/** Every rule in its order: what it said of this person, and because of which rows. */
export function PersonTrace({ on, at, personId }: { on: SharingRef; at: string | null; personId: Id }) {
  const api = useApi()
  const query = useQuery(
    api.access.why.queryOptions({ on, personId, at }, { staleTime: 0, gcTime: 0, retry: false }),
  )
  if (query.error) return <ProblemView problem={problemOf(query.error)} />
  if (!query.data)
    return (
      <div aria-busy="true">
        <span className="sr-only">Looking up why.</span>
        <SkeletonLines lines={4} />
      </div>
    )
  const { steps, handling, rule, level } = query.data
  return (
    <>
      <ol className="flex flex-col gap-2">
        {steps.map((step) => (
          <StepLine key={step.rule} step={step} decisive={step.rule === rule} />
        ))}
      </ol>
      <p className="mt-3 text-sm">
        <strong className="font-semibold">Result:</strong>{' '}
        {level === 'none' ? 'no access' : levelWords(level)}. Export: {WAYS[handling.export]}. Print:{' '}
        {WAYS[handling.print]}. Copy: {WAYS[handling.copy]}.
      </p>
    </>
  )
}

const WAYS = { yes: 'allowed', reason: 'with a stated reason', no: 'not allowed' } as const

function StepLine({ step, decisive }: { step: Step; decisive: boolean }) {
  const { icon: Icon, ink, words } = SAID[step.said]
  const showsCap = step.cap !== null && step.said !== 'denied' && step.cap !== 'manage'
  return (
    <li className={`flex gap-2 rounded-md px-2 py-1 text-sm ${decisive ? 'bg-card ring-1 ring-border' : ''}`}>
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink}`} />
      <div className="min-w-0 flex-1">
        <p>
          <span className="font-medium tabular-nums">{step.rule}</span> {LOOKS_AT[step.rule]}:{' '}
          <span className="font-medium">
            {showsCap ? `at most “${levelWords(step.cap ?? 'none')}”` : words.toLowerCase()}
          </span>
          {decisive ? <span className="text-muted-foreground"> (this fixed the result)</span> : null}
        </p>
        {step.rows.length > 0 ? (
          <ul className="mt-0.5 flex flex-col gap-0.5 text-muted-foreground">
            {step.rows.map((row) => (
              <RowLine key={row.id} row={row} />
            ))}
          </ul>
        ) : null}
      </div>
    </li>
  )
}

function RowLine({ row: { words, by, from, until } }: { row: RowView }) {
  return (
    <li>
      {words}
      {by === null
        ? null
        : `, by ${by.name === null ? `somebody of ${by.agency.name}` : `${by.name} (${by.agency.shortCode})`}`}
      {from === null ? null : (
        <>
          {' '}
          on <Time at={from} />
        </>
      )}
      {until === null ? null : (
        <>
          {' '}
          until <Time at={until} />
        </>
      )}
      .
    </li>
  )
}
