'use client'

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Inbox } from 'lucide-react'
import { type KeyboardEvent, useRef } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Empty } from '@/app/_components/feedback/empty'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { problemOf } from '@/app/_data/problem'
import { useApi, useApiClient } from '@/app/_data/use-api'
import { NoticeRow } from '@/app/_inbox/notice-row'
import type { Kind } from '@/lib/told/kinds'

interface NoticeListProps {
  unreadOnly: boolean
  kind: Kind | null
  /** Only so many, and no way to more: for the popover. */
  most?: number
  onFollow?: () => void
}

/** What I was told, newest first. J and K go down and up, Enter opens, U marks read or unread. */
export function NoticeList({ unreadOnly, kind, most, onFollow }: NoticeListProps) {
  const api = useApi()
  const call = useApiClient()
  const client = useQueryClient()
  const list = useRef<HTMLUListElement>(null)
  const query = useInfiniteQuery({
    queryKey: [...api.inbox.list.pathKey(), { unreadOnly, kind }],
    queryFn: ({ pageParam }) => call.inbox.list.query({ unreadOnly, kind, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.cursor,
    staleTime: 0,
  })
  const mark = useMutation(
    api.inbox.mark.mutationOptions({
      onSuccess: async () => {
        await Promise.all([
          client.invalidateQueries({ queryKey: api.inbox.list.pathKey() }),
          client.invalidateQueries({ queryKey: api.inbox.count.pathKey() }),
        ])
      },
      onError: toastProblem,
    }),
  )
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'u') {
      const id = (document.activeElement as HTMLElement | null)?.dataset.notice
      const notice = query.data?.pages.flatMap(({ entries }) => entries).find((one) => one.id === id)
      if (notice !== undefined) mark.mutate({ notificationIds: [notice.id], read: !notice.read })
      return
    }
    const by = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0
    if (by === 0) return
    const stops = [...(list.current?.querySelectorAll<HTMLElement>('[data-notice]') ?? [])]
    const at = stops.indexOf(document.activeElement as HTMLElement)
    stops[Math.min(stops.length - 1, Math.max(0, at + by))]?.focus()
    event.preventDefault()
  }
  if (query.error) return <ProblemView problem={problemOf(query.error)} />
  if (query.data === undefined)
    return (
      <div aria-busy="true" className="p-2">
        <span className="sr-only">Looking what is new.</span>
        <SkeletonLines lines={4} />
      </div>
    )
  const all = query.data.pages.flatMap(({ entries }) => entries)
  const shown = most === undefined ? all : all.slice(0, most)
  if (shown.length === 0)
    return (
      <Empty icon={<Inbox />} title={unreadOnly ? 'Nothing unread' : 'Nothing here yet'}>
        Requests, releases, terms, reviews and what changes for you appear here, without reloading.
      </Empty>
    )
  return (
    <>
      <ul ref={list} aria-label="Notices" onKeyDown={press} className="divide-y rounded-lg border bg-card">
        {shown.map((notice) => (
          <NoticeRow
            key={notice.id}
            notice={notice}
            onMark={(read) => mark.mutate({ notificationIds: [notice.id], read })}
            onFollow={() => {
              if (!notice.read) mark.mutate({ notificationIds: [notice.id], read: true })
              onFollow?.()
            }}
          />
        ))}
      </ul>
      {most === undefined && query.hasNextPage ? (
        <div className="mt-4 flex justify-center">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show earlier ones
          </Button>
        </div>
      ) : null}
    </>
  )
}
