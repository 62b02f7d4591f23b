'use client'

import { Button } from '@/app/_components/controls/button'
import { Time } from '@/app/_components/marks/time'
import { Row } from '@/app/account/section'
import { periodWords } from '@/app/w/_retention/period-words'
import type { RetentionRequestView } from '@/lib/views/retention/retention'

interface RequestRowsProps {
  requests: readonly RetentionRequestView[]
  onAgree: (request: RetentionRequestView) => void
  onDecline: (request: RetentionRequestView) => void
}

export const whatIsAsked = ({ kind, month, periods }: RetentionRequestView): string =>
  kind === 'drop' || periods === null ? `Drop ${month} for ever` : `Keep shorter: ${periodWords(periods)}`

/** Half agreed: who asked, until when, and the hash of exactly what is agreed to. */
export function RequestRows({ requests, onAgree, onDecline }: RequestRowsProps) {
  return requests.map((request) => (
    <Row
      key={request.id}
      actions={
        <>
          <Button size="sm" onClick={() => onDecline(request)}>
            Decline
          </Button>
          <Button size="sm" variant="danger" disabledWhy={request.can.why} onClick={() => onAgree(request)}>
            Agree
          </Button>
        </>
      }
    >
      <p className="font-medium">{whatIsAsked(request)}</p>
      <p className="text-muted-foreground text-sm">
        Asked by {request.requestedBy?.name ?? 'somebody'} of {request.requestedBy?.org.name ?? 'an agency'},{' '}
        <Time at={request.requestedAt} /> · open until <Time at={request.expiresAt} />
      </p>
      <p className="break-all font-mono text-muted-foreground text-xs">{request.hash}</p>
    </Row>
  ))
}
