import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { ReleaseView } from '@/lib/views/sharing'
import { releaseObject } from '@/server/operations/releases/end-release'
import { judgeAgain, readRelease } from '@/server/operations/releases/key-standing'
import { releaseStanding } from '@/server/operations/releases/release-standing'
import { releaseView } from '@/server/operations/releases/release-view'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: to rule over the object, or to hold a key that is missing or turned. Who would gain what, and whose keys. */
export const getRelease: Operation<{ releaseId: Id }, ReleaseView> = {
  event: 'release.viewed',
  async run(context, { releaseId }) {
    const found = await readRelease(context, releaseId, false)
    if (found === null) {
      await context.authorize({ workspaceId: releaseId }, { ask: 'enter' })
      throw new Error('a release and a workspace with one id')
    }
    const { authorized, can } = await releaseStanding(context, found)
    const judged = await judgeAgain(context, found.release, authorized).catch((error: unknown) => {
      if (error instanceof DomainError) return null
      throw error
    })
    context.recordView({ object: releaseObject(found.release) }, [
      releaseId,
      found.release.state,
      judged?.hash,
    ])
    return releaseView(context, found, judged, can)
  },
}
