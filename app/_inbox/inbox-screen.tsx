'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { CheckCheck } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Checkbox } from '@/app/_components/controls/checkbox'
import { Select } from '@/app/_components/controls/select'
import { announce } from '@/app/_components/feedback/announce'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { PageHeader } from '@/app/_components/layout/page-header'
import { useApi } from '@/app/_data/use-api'
import { NoticeList } from '@/app/_inbox/notice-list'
import { isKind, KINDS } from '@/lib/told/kinds'

const ABOUT = [
  { value: '', label: 'About everything' },
  ...Object.entries(KINDS).map(([value, { label }]) => ({ value, label })),
]

/** Everything I was told, with what to do about it. */
export function InboxScreen() {
  const api = useApi()
  const client = useQueryClient()
  const [unreadOnly, setUnreadOnly] = useState(false)
  const [kind, setKind] = useState('')
  const { data: unread = 0 } = useQuery(api.inbox.count.queryOptions())
  const markAll = useMutation(
    api.inbox.markAllRead.mutationOptions({
      onSuccess: async () => {
        announce('Everything is marked as read.')
        await client.invalidateQueries({ queryKey: api.inbox.pathKey() })
      },
      onError: toastProblem,
    }),
  )
  return (
    <div className="container-page flex flex-col gap-4 pb-16">
      <PageHeader
        title="Inbox"
        meta={
          <span className="text-muted-foreground">
            {unread === 0 ? 'Nothing unread' : `${unread} unread`} · J and K go down and up, Enter opens, U
            marks
          </span>
        }
        actions={
          <Button
            busy={markAll.isPending}
            disabledWhy={unread === 0 ? 'There is nothing unread.' : null}
            onClick={() => markAll.mutate({ until: new Date().toISOString() })}
          >
            <CheckCheck aria-hidden /> Mark all as read
          </Button>
        }
      />
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <Checkbox
          label="Only unread"
          checked={unreadOnly}
          onChange={(event) => setUnreadOnly(event.target.checked)}
        />
        <Select
          aria-label="About"
          value={kind}
          onChange={(event) => setKind(event.target.value)}
          options={ABOUT}
        />
      </div>
      <NoticeList unreadOnly={unreadOnly} kind={isKind(kind) ? kind : null} />
    </div>
  )
}
