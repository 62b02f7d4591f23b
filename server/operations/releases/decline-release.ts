import type { Id } from '@/lib/ids'
import { endRelease } from '@/server/operations/releases/end-release'
import { authorizeKey } from '@/server/operations/releases/key-standing'
import { assertPending, openRelease } from '@/server/operations/releases/open-release'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: what turning a key asks. One refusal ends the release; who asked may ask again. */
export const declineRelease: Operation<{ releaseId: Id; reason: string }, void> = {
  event: 'release.declined',
  async run(context, { releaseId, reason }) {
    const { release, keys } = await openRelease(context, releaseId)
    await authorizeKey(context, release, keys)
    assertPending(release, context.at)
    await endRelease(context, release, 'declined', reason)
  },
}
