'use client'

import { useQuery } from '@tanstack/react-query'
import { Printer } from 'lucide-react'
import { Button } from '@/app/_components/controls/button'
import { Notice } from '@/app/_components/feedback/notice'
import { PageHeader } from '@/app/_components/layout/page-header'
import { Time } from '@/app/_components/marks/time'
import { useApi } from '@/app/_data/use-api'
import { AllItems } from '@/app/w/_reviews/all-items'
import { CallOff } from '@/app/w/_reviews/call-off'
import { STATES } from '@/app/w/_reviews/decision-words'
import { Downloads } from '@/app/w/_reviews/downloads'
import { MyItems } from '@/app/w/_reviews/my-items'
import { ProgressTable } from '@/app/w/_reviews/progress-table'
import type { ReviewView } from '@/lib/views/asks/review'

/** One review: mine to answer, how far each agency is, and everything with who decided when. Prints as a document. */
export function ReviewScreen({ initial }: { initial: ReviewView }) {
  const asked = useApi().reviews.get.queryOptions({ reviewId: initial.id })
  const review = useQuery({ ...asked, initialData: initial }).data
  const { workspaceId, state, dueAt, startedBy, startedAt, closedAt } = review
  return (
    <div className="container-page max-w-5xl pb-16 print:max-w-none print:pb-0">
      <PageHeader
        title={review.title}
        crumbs={[
          { label: review.workspaceTitle, href: `/w/${workspaceId}` },
          { label: 'Reviews', href: `/w/${workspaceId}/reviews` },
        ]}
        meta={
          <p className="flex flex-wrap gap-x-3 text-muted-foreground text-sm">
            <span>{STATES[state]}</span>
            <span>
              Started <Time at={startedAt} as="minute" /> by {startedBy.name}, {startedBy.org.name}
            </span>
            <span>
              Due <Time at={dueAt} as="minute" />
            </span>
            {closedAt ? (
              <span>
                {state === 'called_off' ? 'Called off' : 'Closed'} <Time at={closedAt} as="minute" />
              </span>
            ) : null}
          </p>
        }
        actions={
          <div className="flex flex-wrap gap-2 print:hidden">
            {review.can.callOff ? <CallOff review={review} /> : null}
            <Downloads reviewId={review.id} />
            <Button onClick={() => window.print()}>
              <Printer aria-hidden />
              Print
            </Button>
          </div>
        }
      />
      {state === 'running' && review.mine > 0 ? (
        <Notice tone="warn" className="mb-6 print:hidden" title={`${review.mine} wait for your answer`}>
          What nobody confirms by the due date ends by itself.
        </Notice>
      ) : null}
      <div className="flex flex-col gap-8">
        <ProgressTable progress={review.progress} />
        <MyItems review={review} />
        <AllItems items={review.items} unseen={review.unseen} />
      </div>
    </div>
  )
}
