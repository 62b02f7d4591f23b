import type { Id } from '@/lib/ids'
import { endRelease } from '@/server/operations/releases/end-release'
import { refOfRelease } from '@/server/operations/releases/key-standing'
import { assertPending, openRelease } from '@/server/operations/releases/open-release'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: to rule over the object, as whoever asked for the release did: one key takes it back. */
export const withdrawRelease: Operation<{ releaseId: Id }, void> = {
  event: 'release.withdrawn',
  async run(context, { releaseId }) {
    const { release } = await openRelease(context, releaseId)
    await context.authorize(refOfRelease(release), { ask: 'govern' })
    assertPending(release, context.at)
    await endRelease(context, release, 'withdrawn')
  },
}
