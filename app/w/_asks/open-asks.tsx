'use client'

import { useQuery } from '@tanstack/react-query'
import { CalendarClock, ClipboardCheck, MailQuestion } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useApi } from '@/app/_data/use-api'
import type { Id } from '@/lib/ids'
import type { Role } from '@/lib/policy/vocabulary'

/** On the overview: requests, reviews and what ends soon, each with how many of them wait. */
export function OpenAsks({ workspaceId, role }: { workspaceId: Id; role: Role }) {
  const api = useApi()
  const decides = role === 'lead' || role === 'steward'
  const requests = useQuery(
    api.requests.list.queryOptions({ workspaceId }, { enabled: decides, retry: false }),
  )
  const reviews = useQuery(api.reviews.list.queryOptions({ workspaceId }, { enabled: decides, retry: false }))
  const endings = useQuery(api.endings.list.queryOptions({ workspaceId }, { retry: false }))
  const path = `/w/${workspaceId}`
  const waiting = requests.data?.requests.filter(({ can }) => can.answer).length ?? 0
  const open =
    reviews.data?.reviews.filter(({ state }) => state === 'running').reduce((n, one) => n + one.mine, 0) ?? 0
  const ending = endings.data?.endings.length ?? 0
  return (
    <nav aria-label="What waits here">
      <ul className="flex flex-wrap gap-x-5 gap-y-2">
        {decides ? (
          <Item href={`${path}/requests`} icon={<MailQuestion />} count={waiting}>
            Requests for access
          </Item>
        ) : null}
        {decides ? (
          <Item href={`${path}/reviews`} icon={<ClipboardCheck />} count={open}>
            Reviews
          </Item>
        ) : null}
        <Item href={`${path}/ending`} icon={<CalendarClock />} count={ending}>
          Ending soon
        </Item>
      </ul>
    </nav>
  )
}

function Item({
  href,
  icon,
  count,
  children,
}: {
  href: string
  icon: ReactNode
  count: number
  children: ReactNode
}) {
  return (
    <li>
      <Link
        href={href}
        prefetch={false}
        className="flex min-h-8 items-center gap-1.5 rounded-sm text-muted-foreground hover:text-foreground hover:underline pointer-coarse:min-h-10 [&_svg]:size-4"
      >
        <span aria-hidden>{icon}</span>
        {children}
        {count > 0 ? (
          <span className="rounded-full bg-primary-soft px-1.5 font-semibold text-primary text-xs tabular-nums">
            {count}
            <span className="sr-only"> waiting</span>
          </span>
        ) : null}
      </Link>
    </li>
  )
}
