'use client'

import { useQuery } from '@tanstack/react-query'
import { Radar } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { Select } from '@/app/_components/controls/select'
import { Empty } from '@/app/_components/feedback/empty'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { FindingList } from '@/app/w/_findings/finding-list'
import { type FindingsQuery, findingsOf, findingsQuery } from '@/app/w/_findings/findings-query'
import { STATE_WORDS } from '@/app/w/_findings/state-words'
import {
  FINDING_RULES,
  FINDING_STATES,
  type FindingRule,
  RULE_WORDS,
} from '@/lib/audit/findings/finding-rules'
import type { Id } from '@/lib/ids'
import type { FindingListView } from '@/lib/views/figures/finding'

/** Fetched when a finding is opened. */
const FindingWindow = dynamic(() =>
  import('@/app/w/_findings/finding-window').then((part) => part.FindingWindow),
)

/** What the search of the record has found, by what was made of it and by rule. */
export function FindingsScreen({ workspaceId }: { workspaceId: Id }) {
  const query = useSearchParams()
  const asked = useMemo(() => findingsOf(new URLSearchParams(query)), [query])
  const { state, rule, findingId } = asked
  const ask = (change: Partial<FindingsQuery>) =>
    window.history.pushState(null, '', `${window.location.pathname}${findingsQuery({ ...asked, ...change })}`)
  const list = useQuery(
    useApi().record.findings.queryOptions(
      { workspaceId, state, rule },
      { placeholderData: (before) => before },
    ),
  )
  return (
    <div className="flex flex-col gap-4">
      <search aria-label="Filters of findings" className="flex flex-wrap items-end gap-3">
        <States counts={list.data?.counts} state={state} onChoose={(next) => ask({ state: next })} />
        <Field label="Rule">
          {(control) => (
            <Select
              {...control}
              className="w-72"
              value={rule ?? ''}
              onChange={({ target }) => ask({ rule: (target.value || null) as FindingRule | null })}
              options={[
                { value: '', label: 'Every rule' },
                ...FINDING_RULES.map((one) => ({ value: one, label: `${one} ${RULE_WORDS[one].title}` })),
              ]}
            />
          )}
        </Field>
      </search>
      {list.isPending ? <SkeletonLines lines={5} /> : null}
      {list.isError ? (
        <ProblemView
          problem={problemOf(list.error)}
          action={
            <Button size="sm" onClick={() => void list.refetch()}>
              Try again
            </Button>
          }
        />
      ) : null}
      {list.data?.findings.length === 0 ? (
        <Empty icon={<Radar />} title="Nothing found">
          {state === null && rule === null
            ? 'Nothing unusual stands on the part of the record that you may see. What is looked for, and from when on, is said below.'
            : 'No finding fits. Choose another state or rule.'}
        </Empty>
      ) : null}
      {list.data && list.data.findings.length > 0 ? (
        <FindingList findings={list.data.findings} onOpen={(id) => ask({ findingId: id })} />
      ) : null}
      {list.data && list.data.more > 0 ? (
        <p className="text-muted-foreground">
          {list.data.more} older ones are not listed. Choose a state or a rule to see them.
        </p>
      ) : null}
      {findingId === null ? null : (
        <FindingWindow
          workspaceId={workspaceId}
          findingId={findingId}
          onClose={() => ask({ findingId: null })}
        />
      )}
    </div>
  )
}

interface StatesProps {
  counts: FindingListView['counts'] | undefined
  state: FindingsQuery['state']
  onChoose(state: FindingsQuery['state']): void
}

function States({ counts, state, onChoose }: StatesProps) {
  const all = counts === undefined ? undefined : Object.values(counts).reduce((sum, one) => sum + one, 0)
  const choices = [
    { value: null, label: 'All', count: all },
    ...FINDING_STATES.map((one) => ({ value: one, label: STATE_WORDS[one].label, count: counts?.[one] })),
  ]
  return (
    <fieldset className="flex flex-wrap gap-1.5">
      <legend className="mb-1 font-medium text-sm">State</legend>
      {choices.map(({ value, label, count }) => (
        <Button
          key={label}
          aria-pressed={state === value}
          variant={state === value ? 'primary' : 'secondary'}
          onClick={() => onChoose(value)}
        >
          {label}
          {count === undefined ? null : <span className="tabular-nums">{count}</span>}
        </Button>
      ))}
    </fieldset>
  )
}
