import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { accessRequests } from '@/server/db/schema/consent'
import { openOwnRequest, requestObject } from '@/server/operations/requests/own-request'
import type { Operation } from '@/server/operations/run-operation'

const DAY = 86_400_000

/** Asks again, once a day at most. Who hears of it hears from the clock's work: here all requests are alike. */
export const remindRequest: Operation<{ requestId: Id }, void> = {
  event: 'access.reminded',
  own: true,
  async run(context, { requestId }) {
    const { tx, at } = context
    const row = await openOwnRequest(context, requestId)
    const last = Math.max(row.createdAt.getTime(), row.remindedAt?.getTime() ?? 0)
    if (at.getTime() - last < DAY)
      throw new DomainError('too_many', 'You can remind once a day. Try again tomorrow.', {
        retryAfter: Math.ceil((last + DAY - at.getTime()) / 1_000),
      })
    await tx.orm.update(accessRequests).set({ remindedAt: at }).where(eq(accessRequests.id, requestId))
    context.record({ object: requestObject(row) })
  },
}
