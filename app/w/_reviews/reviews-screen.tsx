'use client'

import { useQuery } from '@tanstack/react-query'
import { ClipboardCheck } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Empty } from '@/app/_components/feedback/empty'
import { PageHeader } from '@/app/_components/layout/page-header'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Time } from '@/app/_components/marks/time'
import { useApi } from '@/app/_data/use-api'
import { STATES } from '@/app/w/_reviews/decision-words'
import { StartReview } from '@/app/w/_reviews/start-review'
import type { ReviewsView } from '@/lib/views/asks/review'

/** The reviews of a workspace: running ones first by being newest. */
export function ReviewsScreen({ initial }: { initial: ReviewsView }) {
  const { workspaceId } = initial
  const asked = useApi().reviews.list.queryOptions({ workspaceId })
  const { title, reviews, can, scope } = useQuery({ ...asked, initialData: initial }).data
  const [starting, setStarting] = useState(false)
  return (
    <div className="container-page max-w-4xl pb-16">
      <PageHeader
        title="Reviews"
        crumbs={[
          { label: 'My workspaces', href: '/' },
          { label: title, href: `/w/${workspaceId}` },
        ]}
        actions={
          <Button variant="primary" disabledWhy={can.why} onClick={() => setStarting(true)}>
            Start a review
          </Button>
        }
      />
      {reviews.length === 0 ? (
        <Empty icon={<ClipboardCheck />} title="No review yet">
          <p>
            In a review every lead confirms or ends what their agency has given, by a date. What nobody
            confirms ends.
          </p>
        </Empty>
      ) : (
        <ul className="divide-y rounded-lg border bg-card">
          {reviews.map((review) => (
            <li key={review.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-3">
              <div className="min-w-0 flex-1 basis-64">
                <p>
                  <Link
                    href={`/w/${workspaceId}/reviews/${review.id}`}
                    prefetch={false}
                    className="font-medium text-primary underline underline-offset-2"
                  >
                    {review.title}
                  </Link>
                  <span className="text-muted-foreground"> · {STATES[review.state]}</span>
                </p>
                <p className="flex flex-wrap items-center gap-x-2 text-muted-foreground text-sm">
                  <span>
                    Due <Time at={review.dueAt} as="minute" />
                  </span>
                  <span>Started by {review.startedBy.name}</span>
                  <AgencyTag agency={review.startedBy.org} />
                  {review.scope === 'agency' ? <span>own agency only</span> : null}
                </p>
              </div>
              <p className="text-sm tabular-nums">
                {review.all - review.open} of {review.all} answered
                {review.state === 'running' && review.mine > 0 ? (
                  <span className="font-semibold text-warning"> · {review.mine} of your agency open</span>
                ) : null}
              </p>
            </li>
          ))}
        </ul>
      )}
      {starting ? (
        <StartReview workspaceId={workspaceId} scope={scope} onClose={() => setStarting(false)} />
      ) : null}
    </div>
  )
}
