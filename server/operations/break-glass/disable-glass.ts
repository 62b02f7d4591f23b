import { eq, inArray } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { breakGlass } from '@/server/db/schema/policy'
import { workspaces } from '@/server/db/schema/workspace'
import { authorizeSwitch, endGlassReleases, leadsToTell } from '@/server/operations/break-glass/glass-release'
import { overAt, readUnreviewed } from '@/server/operations/break-glass/looks'
import type { Operation } from '@/server/operations/run-operation'
import { readParticipants } from '@/server/operations/shaping/agencies'
import { notify } from '@/server/told/notify'

/** Asks: to be a lead, of whichever organisation. One key, at once: every look that is open ends with it. */
export const disableGlass: Operation<{ workspaceId: Id }, void> = {
  event: 'break_glass.disabled',
  async run(context, { workspaceId }) {
    const { tx, actor, at } = context
    const workspace = await authorizeSwitch(context, workspaceId)
    if (!workspace.breakGlassEnabled) throw new DomainError('conflict', 'Break-glass is turned off already.')
    const open = (await readUnreviewed(tx, [workspaceId])).filter((look) => overAt(look) > at)
    const ids = open.map(({ look }) => look.id)
    if (ids.length > 0)
      await tx.orm
        .update(breakGlass)
        .set({ endedAt: at, endedBy: actor.personId })
        .where(inArray(breakGlass.id, ids))
    await endGlassReleases(context, workspaceId, 'voided')
    await tx.orm.update(workspaces).set({ breakGlassEnabled: false }).where(eq(workspaces.id, workspaceId))
    context.record({
      object: { workspaceId },
      before: { enabled: true },
      after: { enabled: false },
      volume: { ended: ids.length },
    })
    const participants = await readParticipants(tx, workspaceId, workspace.hostOrgId, at)
    const orgIds = participants.map(({ agency }) => agency.id)
    await notify(tx, await leadsToTell(context, workspaceId, orgIds), {
      kind: 'break_glass.switched',
      workspaceId,
      byPersonId: actor.personId,
      details: { enabled: false },
    })
    await context.changeAccess({ workspaceId })
  },
}
