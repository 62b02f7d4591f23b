'use client'

import { useQuery } from '@tanstack/react-query'
import { Bell } from 'lucide-react'
import Link from 'next/link'
import { lazy, Suspense, useState } from 'react'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import { Popover } from '@/app/_components/overlays/popover'
import { useApi } from '@/app/_data/use-api'
import { useLiveInbox } from '@/app/_inbox/use-live-inbox'

/** On every page there is a bell, but few open it: its list is fetched then. */
const NoticeList = lazy(() =>
  import('@/app/_inbox/notice-list').then((part) => ({ default: part.NoticeList })),
)

/** In the header of every page: how much is unread, and the newest of it. */
export function InboxBell({ unread: initial }: { unread: number }) {
  useLiveInbox()
  const api = useApi()
  const { data: unread } = useQuery(
    api.inbox.count.queryOptions(undefined, { initialData: initial, staleTime: Number.POSITIVE_INFINITY }),
  )
  const [open, setOpen] = useState(false)
  const words = unread === 0 ? 'Inbox, nothing unread' : `Inbox, ${unread} unread`
  return (
    <Popover
      label="Inbox"
      className="w-96 p-3"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button
          type="button"
          aria-label={words}
          title={words}
          className="relative inline-flex size-9 shrink-0 items-center justify-center rounded-md text-muted-foreground hover:bg-accent hover:text-foreground data-[state=open]:bg-accent pointer-coarse:size-10"
        >
          <Bell aria-hidden className="size-4.5" />
          {unread > 0 ? (
            <span
              aria-hidden
              className="absolute top-0.5 right-0 min-w-4.5 rounded-full bg-primary px-1 text-center font-semibold text-[0.6875rem] text-primary-foreground leading-4.5"
            >
              {unread > 99 ? '99+' : unread}
            </span>
          ) : null}
        </button>
      }
    >
      <div className="flex flex-col gap-2">
        <div className="flex items-baseline justify-between gap-4 px-1">
          <h2 className="font-semibold">Inbox</h2>
          <Link
            href="/inbox"
            prefetch={false}
            className="rounded-sm text-primary text-sm hover:underline"
            onClick={() => setOpen(false)}
          >
            Open the inbox
          </Link>
        </div>
        <div className="max-h-[60dvh] overflow-y-auto">
          <Suspense fallback={<SkeletonLines lines={4} />}>
            <NoticeList unreadOnly={false} kind={null} most={8} onFollow={() => setOpen(false)} />
          </Suspense>
        </div>
      </div>
    </Popover>
  )
}
