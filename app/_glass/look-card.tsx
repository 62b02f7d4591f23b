'use client'

import { useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { toast } from '@/app/_components/feedback/toast'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Time } from '@/app/_components/marks/time'
import { useApi } from '@/app/_data/use-api'
import { ReviewDialog } from '@/app/_glass/review-dialog'
import type { LookView } from '@/lib/views/break-glass'

/** One emergency look: who, what, why, how long, and what was found afterwards. */
export function LookCard({ look, onDone }: { look: LookView; onDone: () => void }) {
  const [reviewing, setReviewing] = useState(false)
  const { breakGlass } = useApi()
  const end = useMutation(
    breakGlass.end.mutationOptions({
      onSuccess: () => toast({ text: 'It has ended.' }),
      onError: toastProblem,
      onSettled: onDone,
    }),
  )
  const { person, title, review } = look
  return (
    <li className="rounded-lg border bg-card p-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-2">
            <strong className="font-semibold">{person.name}</strong> <AgencyTag agency={person.org} />
            {title === null ? (
              'opened a section that you no longer see'
            ) : (
              <span>
                opened{' '}
                <Link href={`/d/${look.documentId}#${look.sectionId}`} className="underline">
                  {title}
                </Link>
              </span>
            )}
          </p>
          <p className="mt-1 text-muted-foreground text-sm">
            <Time at={look.from} /> to <Time at={look.until} />
            {look.open ? ' · open now' : ''}
          </p>
          <blockquote className="mt-2 whitespace-pre-line border-l-2 pl-3">{look.reason}</blockquote>
          {review === null ? (
            <p
              className={`mt-2 text-sm ${look.overdue ? 'font-semibold text-destructive' : 'text-muted-foreground'}`}
            >
              {look.overdue ? 'Review overdue since ' : 'To be reviewed by '}
              <Time at={look.dueAt} />
            </p>
          ) : (
            <p className="mt-2 text-sm">
              <strong className="font-semibold">
                {review.verdict === 'justified' ? 'Justified' : 'Not justified'}
              </strong>{' '}
              says {review.by.name}, <Time at={review.at} />: {review.note}
            </p>
          )}
        </div>
        <div className="flex gap-2">
          {look.can.end ? (
            <Button
              variant="danger"
              busy={end.isPending}
              onClick={() => end.mutate({ breakGlassId: look.id })}
            >
              End now
            </Button>
          ) : null}
          {look.can.review ? (
            <Button variant="primary" onClick={() => setReviewing(true)}>
              Review …
            </Button>
          ) : null}
        </div>
      </div>
      {reviewing ? (
        <ReviewDialog
          look={look}
          onClose={() => setReviewing(false)}
          onReviewed={() => {
            setReviewing(false)
            onDone()
          }}
        />
      ) : null}
    </li>
  )
}
