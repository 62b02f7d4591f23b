'use client'

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { RotateCw, ScrollText } from 'lucide-react'
import { Button } from '@/app/_components/controls/button'
import { Empty } from '@/app/_components/feedback/empty'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { problemOf } from '@/app/_data/problem'
import { useApi, useApiClient } from '@/app/_data/use-api'
import { FilterBar } from '@/app/w/_record/filter-bar'
import { FilterChips } from '@/app/w/_record/filter-chips'
import { RecordSkeleton } from '@/app/w/_record/record-skeleton'
import { RecordTable } from '@/app/w/_record/record-table'
import { useRecordFilter } from '@/app/w/_record/use-record-filter'
import type { Id } from '@/lib/ids'
import type { RecordChoicesView } from '@/lib/views/record'

/** The auditors' page. Each new filter, and each step to older entries, is one look that goes on record. */
export function RecordScreen({ workspaceId, choices }: { workspaceId: Id; choices: RecordChoicesView }) {
  const { filter, setFilter } = useRecordFilter()
  const client = useQueryClient()
  const queryKey = [...useApi().record.pathKey(), 'pages', workspaceId, filter]
  const server = useApiClient()
  // Not tRPC's own infinite query: it sends a `direction` along, which a strict input refuses.
  const record = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam: cursor, signal }) =>
      server.record.list.query({ workspaceId, filter, ...(cursor === null ? {} : { cursor }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const rows = record.data?.pages.flatMap((page) => page.rows) ?? []
  const filtered = Object.keys(filter).length > 0
  const again = () => void client.resetQueries({ queryKey })
  return (
    <div className="flex flex-col gap-3">
      <FilterBar filter={filter} choices={choices} onChange={setFilter} />
      <FilterChips filter={filter} choices={choices} onChange={setFilter} />
      <div className="flex min-h-8 items-center justify-between gap-3">
        <p role="status" className="text-muted-foreground text-sm">
          {record.isSuccess
            ? `${rows.length}${record.hasNextPage ? ' newest' : ''} ${rows.length === 1 ? 'entry' : 'entries'} shown`
            : ''}
          {record.isPending ? 'Reading the record' : ''}
        </p>
        <Button
          size="sm"
          variant="ghost"
          busy={record.isFetching && !record.isFetchingNextPage}
          onClick={again}
        >
          <RotateCw aria-hidden />
          Look again
        </Button>
      </div>
      {record.isPending ? <RecordSkeleton /> : null}
      {record.isError ? (
        <ProblemView
          problem={problemOf(record.error)}
          action={
            <Button size="sm" onClick={again}>
              Try again
            </Button>
          }
        />
      ) : null}
      {record.isSuccess && rows.length === 0 ? (
        <Empty
          icon={<ScrollText />}
          title={filtered ? 'Nothing on record matches' : 'Nothing on record yet'}
          action={filtered ? <Button onClick={() => setFilter({})}>Show everything</Button> : null}
        >
          {filtered
            ? 'No entry fits all of these filters together. Take one away, or choose a longer time.'
            : 'The first look or change in this workspace will be the first entry.'}
        </Empty>
      ) : null}
      {rows.length > 0 ? <RecordTable rows={rows} filter={filter} onFilter={setFilter} /> : null}
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
