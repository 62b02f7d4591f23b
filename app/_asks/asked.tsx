'use client'

import { Clock } from 'lucide-react'
import { useMyRequestActs } from '@/app/_asks/use-my-request-acts'
import { Button } from '@/app/_components/controls/button'
import { Time } from '@/app/_components/marks/time'
import type { MyRequestView } from '@/lib/views/asks/request'

/** "You have asked": when, and what one can still do about it. */
export function Asked({ request }: { request: MyRequestView }) {
  const acts = useMyRequestActs()
  const { id, createdAt, state, can } = request
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border bg-card px-3 py-2.5"
    >
      <Clock aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      <p className="min-w-0 flex-1 basis-48">
        You asked for access <Time at={createdAt} as="since" />.{' '}
        {state === 'waiting'
          ? 'It is approved and waits for the second key.'
          : 'The answer comes to your inbox.'}
      </p>
      {can.remind ? (
        <Button busy={acts.busy} onClick={() => acts.remind(id)}>
          Remind
        </Button>
      ) : null}
      {can.withdraw ? (
        <Button busy={acts.busy} onClick={() => acts.withdraw(id)}>
          Withdraw
        </Button>
      ) : null}
    </div>
  )
}
