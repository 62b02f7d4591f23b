'use client'

import { useQuery } from '@tanstack/react-query'
import { MailQuestion } from 'lucide-react'
import Link from 'next/link'
import { useMyRequestActs } from '@/app/_asks/use-my-request-acts'
import { WANTED } from '@/app/_asks/wanted'
import { Button } from '@/app/_components/controls/button'
import { Empty } from '@/app/_components/feedback/empty'
import { PageHeader } from '@/app/_components/layout/page-header'
import { Time } from '@/app/_components/marks/time'
import { useApi } from '@/app/_data/use-api'
import { levelWords } from '@/app/_sharing/rows/level-choices'
import type { MyRequestView, RequestState } from '@/lib/views/asks/request'

const STATES: Record<RequestState, string> = {
  pending: 'Waits for an answer',
  waiting: 'Approved; waits for the second key',
  approved: 'Approved',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
  lapsed: 'Not answered within 30 days',
}

/** What I have asked for, and what became of it. */
export function MyRequests({ initial }: { initial: MyRequestView[] }) {
  const asked = useApi().requests.mine.queryOptions()
  const requests = useQuery({ ...asked, initialData: initial }).data
  const acts = useMyRequestActs()
  return (
    <div className="container-page max-w-4xl pb-16">
      <PageHeader title="My requests" crumbs={[{ label: 'My workspaces', href: '/' }]} />
      {requests.length === 0 ? (
        <Empty icon={<MailQuestion />} title="You have asked for nothing">
          <p>Where you cannot see or edit something, “Ask for access” asks those who decide about it.</p>
        </Empty>
      ) : (
        <ul className="divide-y rounded-lg border bg-card">
          {requests.map((request) => (
            <li
              key={request.id}
              id={request.id}
              className="flex scroll-mt-20 flex-wrap gap-x-4 gap-y-2 px-3 py-3"
            >
              <div className="min-w-0 flex-1 basis-64">
                <p>
                  {request.on ? (
                    <Link
                      href={`/d/${request.on.documentId}${request.on.sectionId ? `#${request.on.sectionId}` : ''}`}
                      prefetch={false}
                      className="font-medium text-primary underline underline-offset-2"
                    >
                      {request.on.title}
                    </Link>
                  ) : (
                    <span className="font-medium">Something that is not shown to you</span>
                  )}
                  <span className="text-muted-foreground">
                    {' '}
                    · {WANTED.find(({ value }) => value === request.level)?.label.toLowerCase()}
                  </span>
                </p>
                <p className="whitespace-pre-wrap break-words text-muted-foreground">{request.reason}</p>
                <p className="text-muted-foreground text-sm">
                  Asked <Time at={request.createdAt} as="minute" />
                </p>
              </div>
              <div className="min-w-0 basis-56">
                <p className="font-medium">{STATES[request.state]}</p>
                {request.answer?.level ? (
                  <p>
                    {levelWords(request.answer.level)}
                    {request.answer.until ? (
                      <>
                        {' '}
                        until <Time at={request.answer.until} as="minute" />
                      </>
                    ) : null}
                  </p>
                ) : null}
                {request.answer?.reason ? (
                  <p className="whitespace-pre-wrap break-words">{request.answer.reason}</p>
                ) : null}
                <p className="mt-1 flex gap-2 empty:hidden">
                  {request.can.remind ? (
                    <Button busy={acts.busy} onClick={() => acts.remind(request.id)}>
                      Remind
                    </Button>
                  ) : null}
                  {request.can.withdraw ? (
                    <Button busy={acts.busy} onClick={() => acts.withdraw(request.id)}>
                      Withdraw
                    </Button>
                  ) : null}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
