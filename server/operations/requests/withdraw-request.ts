import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { accessRequests } from '@/server/db/schema/consent'
import { endRelease } from '@/server/operations/releases/end-release'
import { readRelease } from '@/server/operations/releases/key-standing'
import { openOwnRequest, requestObject } from '@/server/operations/requests/own-request'
import type { Operation } from '@/server/operations/run-operation'

/** Takes back what one has asked for, and with it the release that waits because of it. */
export const withdrawRequest: Operation<{ requestId: Id }, void> = {
  event: 'access.withdrawn',
  own: true,
  async run(context, { requestId }) {
    const row = await openOwnRequest(context, requestId)
    const { releaseId } = row
    const found = releaseId === null ? null : await readRelease(context, releaseId, true)
    if (found?.release.state === 'pending') await endRelease(context, found.release, 'withdrawn')
    await context.tx.orm
      .update(accessRequests)
      .set({ state: 'withdrawn', decidedAt: context.at })
      .where(eq(accessRequests.id, requestId))
    context.record({ object: requestObject(row) })
  },
}
