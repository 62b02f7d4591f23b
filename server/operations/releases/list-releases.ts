import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { ReleaseSummary } from '@/lib/views/sharing'
import { releases } from '@/server/db/schema/consent'
import { shownReleases } from '@/server/operations/releases/shown-releases'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: to enter. The pending releases of a workspace that the actor may see: as ruling over them, or holding a key. */
export const listReleases: Operation<{ workspaceId: Id }, ReleaseSummary[]> = {
  event: 'release.listed',
  async run(context, { workspaceId }) {
    await context.authorize({ workspaceId }, { ask: 'enter' })
    const shown = await shownReleases(context, eq(releases.workspaceId, workspaceId))
    await context.authorize({ workspaceId }, { ask: 'enter' })
    context.recordView({ object: { workspaceId }, volume: { releases: shown.length } }, shown)
    return shown
  },
}
