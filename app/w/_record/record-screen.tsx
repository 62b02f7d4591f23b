'use client'

import { lazy, Suspense, useCallback, useState } from 'react'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import { type DeskTool, DeskTools } from '@/app/w/_record/desk-tools'
import { RecordEntries } from '@/app/w/_record/record-entries'
import { useRecordFilter } from '@/app/w/_record/use-record-filter'
import { useRecordKeys } from '@/app/w/_record/use-record-keys'
import { QUESTIONS, type Question } from '@/lib/audit/questions'
import type { Id } from '@/lib/ids'
import type { RecordChoicesView } from '@/lib/views/record'

const FilterChips = lazy(() =>
  import('@/app/w/_record/filter/filter-chips').then((m) => ({ default: m.FilterChips })),
)
const Answer = lazy(() => import('@/app/w/_record/ask/answer').then((m) => ({ default: m.Answer })))

/** The auditors' page. Each question, each new filter, and each step to older entries is one look that goes on record. */
export function RecordScreen({ workspaceId, choices }: { workspaceId: Id; choices: RecordChoicesView }) {
  const { filter, question, setFilter } = useRecordFilter()
  const [tool, setTool] = useState<DeskTool | null>(null)
  const [following, setFollowing] = useState(false)
  const [found, setFound] = useState<ReadonlyMap<string, string>>(new Map())
  const asked: Question | null = question === null ? null : QUESTIONS[question]
  const search = useCallback(() => {
    setTool('filter')
    focusSearch()
  }, [])
  const close = useCallback(() => setTool(null), [])
  useRecordKeys({ onSearch: search, onClose: close })
  return (
    <div className="flex flex-col gap-3">
      <DeskTools
        workspaceId={workspaceId}
        choices={choices}
        filter={filter}
        question={question}
        open={tool}
        onOpen={setTool}
        onFilter={setFilter}
        onFound={({ id, name }) => setFound((before) => new Map(before).set(id, name))}
        onAddress={(query) => window.history.pushState(null, '', `${window.location.pathname}${query}`)}
        following={following}
        onFollow={setFollowing}
      />
      {Object.keys(filter).length > 0 ? (
        <Suspense fallback={null}>
          <FilterChips filter={filter} choices={choices} found={found} onChange={setFilter} />
        </Suspense>
      ) : null}
      {question === null ? null : (
        <Suspense fallback={<SkeletonLines lines={4} />}>
          <Answer workspaceId={workspaceId} question={question} filter={filter} onFilter={setFilter} />
        </Suspense>
      )}
      {asked?.fromPolicy ? null : (
        <RecordEntries
          workspaceId={workspaceId}
          filter={filter}
          question={question}
          following={following}
          onFilter={setFilter}
        />
      )}
    </div>
  )
}

/** The search is fetched with its panel: the focus goes there as soon as it is. */
const focusSearch = () => {
  const find = () => document.querySelector<HTMLInputElement>('[data-record-search]')
  const there = find()
  if (there) return there.focus()
  const watch = new MutationObserver(() => {
    const box = find()
    if (box === null) return
    watch.disconnect()
    box.focus()
  })
  watch.observe(document.body, { childList: true, subtree: true })
}
