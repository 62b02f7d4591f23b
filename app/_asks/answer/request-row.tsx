'use client'

import Link from 'next/link'
import { useState } from 'react'
import { ApproveDialog } from '@/app/_asks/answer/approve-dialog'
import { DeclineDialog } from '@/app/_asks/answer/decline-dialog'
import { WANTED } from '@/app/_asks/wanted'
import { Button } from '@/app/_components/controls/button'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Avatar } from '@/app/_components/marks/avatar'
import { Time } from '@/app/_components/marks/time'
import type { RequestView } from '@/lib/views/asks/request'

/** One request with its reason, for those who can answer it. */
export function RequestRow({ request, withPlace }: { request: RequestView; withPlace: boolean }) {
  const { person, on, level, until, reason, createdAt, state, releaseId, can } = request
  const [shown, setShown] = useState<'none' | 'approve' | 'decline'>('none')
  const close = () => setShown('none')
  const wish = WANTED.find(({ value }) => value === level)?.label.toLowerCase() ?? 'to see it'
  return (
    <li id={request.id} className="flex scroll-mt-20 flex-wrap items-start gap-x-3 gap-y-2 px-3 py-3">
      <Avatar person={person} />
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium">{person.name}</span>
          <AgencyTag agency={person.org} />
          <span>asks {wish}</span>
          {until ? (
            <span className="text-muted-foreground">
              until <Time at={new Date(new Date(until).getTime() - 1).toISOString()} as="day" />
            </span>
          ) : null}
        </p>
        {withPlace ? (
          <p>
            <Link
              href={`/d/${on.documentId}${on.sectionId ? `#${on.sectionId}` : ''}`}
              prefetch={false}
              className="text-primary underline underline-offset-2"
            >
              {on.title}
            </Link>
          </p>
        ) : null}
        <blockquote className="mt-1 whitespace-pre-wrap break-words border-l-2 pl-3">{reason}</blockquote>
        <p className="mt-1 text-muted-foreground text-sm">
          Asked <Time at={createdAt} as="since" />
          {can.why ? ` · ${can.why}` : null}
        </p>
      </div>
      {state === 'waiting' && releaseId ? (
        <p className="text-sm">
          Approved.{' '}
          <Link
            href={`/releases/${releaseId}`}
            prefetch={false}
            className="text-primary underline underline-offset-2"
          >
            Waits for the second key
          </Link>
        </p>
      ) : null}
      {can.answer ? (
        <div className="flex items-center gap-2">
          <Button onClick={() => setShown('decline')}>Decline</Button>
          <Button variant="primary" onClick={() => setShown('approve')}>
            Approve
          </Button>
        </div>
      ) : null}
      {shown === 'approve' ? <ApproveDialog request={request} onClose={close} /> : null}
      {shown === 'decline' ? <DeclineDialog request={request} onClose={close} /> : null}
    </li>
  )
}
