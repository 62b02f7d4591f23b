import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import {
  authorizeSwitch,
  endGlassReleases,
  pendingGlassRelease,
} from '@/server/operations/break-glass/glass-release'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: to be a lead. One refusal, or a withdrawal by who asked, ends it; it can be asked for again. */
export const declineGlass: Operation<{ workspaceId: Id }, void> = {
  event: 'break_glass.declined',
  async run(context, { workspaceId }) {
    await authorizeSwitch(context, workspaceId)
    const found = await pendingGlassRelease(context.tx, workspaceId, context.at)
    if (found === null) throw new DomainError('conflict', 'Nothing waits for a key here any more.')
    await endGlassReleases(context, workspaceId, 'declined')
    context.record({ object: { workspaceId, targetId: found.release.id } })
  },
}
