import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { SharingOutcome } from '@/lib/views/sharing'
import { accessRequests } from '@/server/db/schema/consent'
import { type GivenLevel, previewOf } from '@/server/operations/requests/approval'
import { requestObject } from '@/server/operations/requests/own-request'
import { openRequest } from '@/server/operations/requests/request-standing'
import type { Operation } from '@/server/operations/run-operation'
import { applyOrRequest } from '@/server/operations/sharing/apply-or-request'
import { notify } from '@/server/told/notify'

interface Input {
  requestId: Id
  level: GivenLevel
  until: string | null
  /** Of the preview that was confirmed. */
  hash: string
}

/**
 * Asks: to rule over what is asked for, as a lead or steward of its originator who has not asked for it (R2). Where a
 * person of another organisation gains it becomes a release; the request then waits for its second key.
 */
export const approveRequest: Operation<Input, SharingOutcome> = {
  event: 'access.approved',
  async run(context, { requestId, level, until, hash }) {
    const { tx, actor, at } = context
    const open = await openRequest(context, requestId, true)
    const { request, on } = open
    const { change, reaches, why } = await previewOf(context, open, { level, until })
    if (why !== null || reaches === 'none')
      throw new DomainError(
        'conflict',
        `This would not let them do that${why === null ? ': they do not take part here any more.' : `. ${why}`}`,
      )
    const outcome = await applyOrRequest(context, on, change, hash, request.personId)
    await tx.orm
      .update(accessRequests)
      .set({
        state: 'approved',
        decidedBy: actor.personId,
        decidedAt: at,
        grantedLevel: level,
        grantedUntil: until === null ? null : new Date(until),
        releaseId: outcome.applied ? null : outcome.releaseId,
      })
      .where(eq(accessRequests.id, requestId))
    const object = requestObject(request)
    context.record({
      object,
      after: { requestId, level, until },
      details: { hash, applied: outcome.applied },
    })
    await notify(tx, [request.personId], {
      kind: 'access.decided',
      ...object,
      byPersonId: actor.personId,
      details: { state: outcome.applied ? 'approved' : 'waiting', level, until },
    })
    return outcome
  },
}
