'use client'

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { RotateCw, ScrollText } from 'lucide-react'
import { useMemo } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Empty } from '@/app/_components/feedback/empty'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { problemOf } from '@/app/_data/problem'
import { useApi, useApiClient } from '@/app/_data/use-api'
import { RecordSkeleton } from '@/app/w/_record/record-skeleton'
import { RecordTable } from '@/app/w/_record/record-table'
import { useFollow } from '@/app/w/_record/use-follow'
import type { QuestionId } from '@/lib/audit/questions'
import type { Id } from '@/lib/ids'
import type { RecordFilter } from '@/lib/views/record'

/** Of 50 entries each: beyond, the newest pages are let go, so that page 200 is as quick as page one. */
const MOST_PAGES = 20

interface RecordEntriesProps {
  workspaceId: Id
  filter: RecordFilter
  question: QuestionId | null
  following: boolean
  onFilter: (filter: RecordFilter) => void
}

/** The entries that fit, newest first, a page at a time. */
export function RecordEntries({ workspaceId, filter, question, following, onFilter }: RecordEntriesProps) {
  const client = useQueryClient()
  const queryKey = [...useApi().record.pathKey(), 'pages', workspaceId, filter, question]
  const server = useApiClient()
  // Not tRPC's own infinite query: it sends a `direction` along, which a strict input refuses.
  const record = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam: cursor, signal }) =>
      server.record.list.query(
        {
          workspaceId,
          filter,
          ...(cursor === null ? {} : { cursor }),
          ...(question === null ? {} : { question }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    getPreviousPageParam: () => null,
    maxPages: MOST_PAGES,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const read = useMemo(() => record.data?.pages.flatMap((page) => page.rows) ?? [], [record.data])
  const begins = record.data === undefined || record.data.pageParams[0] === null
  const follow = useFollow(following && record.isSuccess && begins, { workspaceId, filter, known: read })
  const rows = begins ? [...follow.rows, ...read] : read
  const again = () => void client.resetQueries({ queryKey })
  const problem = record.error ?? follow.error
  return (
    <div className="flex flex-col gap-3">
      <div className="flex min-h-8 items-center justify-between gap-3">
        <p role="status" className="text-muted-foreground text-sm">
          {record.isSuccess ? shownWords(rows.length, begins, record.hasNextPage) : ''}
          {record.isSuccess && following ? ' · new ones appear by themselves' : ''}
          {record.isPending ? 'Reading the record' : ''}
        </p>
        <Button
          size="sm"
          variant="ghost"
          busy={record.isFetching && !record.isFetchingNextPage}
          onClick={again}
        >
          <RotateCw aria-hidden />
          {begins ? 'Look again' : 'Back to the newest'}
        </Button>
      </div>
      {record.isPending ? <RecordSkeleton /> : null}
      {problem ? (
        <ProblemView
          problem={problemOf(problem)}
          action={
            <Button size="sm" onClick={again}>
              Try again
            </Button>
          }
        />
      ) : null}
      {record.isSuccess && rows.length === 0 ? <Nothing filter={filter} onFilter={onFilter} /> : null}
      {rows.length > 0 ? <RecordTable rows={rows} filter={filter} onFilter={onFilter} /> : null}
      {record.hasNextPage ? (
        <div className="flex justify-center pt-2">
          <Button busy={record.isFetchingNextPage} onClick={() => void record.fetchNextPage()}>
            Older entries
          </Button>
        </div>
      ) : null}
    </div>
  )
}

const shownWords = (count: number, begins: boolean, more: boolean): string => {
  const entries = `${count.toLocaleString('en')} ${begins && more ? 'newest ' : ''}${count === 1 ? 'entry' : 'entries'} shown`
  return begins ? entries : `${entries}; newer ones were let go`
}

function Nothing({ filter, onFilter }: Pick<RecordEntriesProps, 'filter' | 'onFilter'>) {
  const filtered = Object.keys(filter).length > 0
  return (
    <Empty
      icon={<ScrollText />}
      title={filtered ? 'Nothing on record matches' : 'Nothing on record yet'}
      action={filtered ? <Button onClick={() => onFilter({})}>Show everything</Button> : null}
    >
      {filtered
        ? 'No entry fits all of these filters together. Take one away, or choose a longer time.'
        : 'The first look or change in this workspace will be the first entry.'}
    </Empty>
  )
}
