import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { accessRequests } from '@/server/db/schema/consent'
import { requestObject } from '@/server/operations/requests/own-request'
import { openRequest } from '@/server/operations/requests/request-standing'
import type { Operation } from '@/server/operations/run-operation'
import { notify } from '@/server/told/notify'

/** Asks: what approving asks. The reason is shown to whoever asked; the record commits to it and does not hold it. */
export const declineRequest: Operation<{ requestId: Id; reason: string }, void> = {
  event: 'access.declined',
  async run(context, { requestId, reason }) {
    const { tx, actor, at } = context
    const { request } = await openRequest(context, requestId, true)
    await tx.orm
      .update(accessRequests)
      .set({ state: 'declined', decidedBy: actor.personId, decidedAt: at, decisionReason: reason })
      .where(eq(accessRequests.id, requestId))
    const object = requestObject(request)
    context.record({ object, clear: { reason } })
    await notify(tx, [request.personId], {
      kind: 'access.decided',
      ...object,
      byPersonId: actor.personId,
      details: { state: 'declined' },
    })
  },
}
