import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { releaseKeys } from '@/server/db/schema/consent'
import { workspaces } from '@/server/db/schema/workspace'
import {
  authorizeSwitch,
  endGlassReleases,
  leadsToTell,
  pendingGlassRelease,
} from '@/server/operations/break-glass/glass-release'
import { assertConfirmed } from '@/server/operations/releases/assert-confirmed'
import type { Operation } from '@/server/operations/run-operation'
import { readParticipants } from '@/server/operations/shaping/agencies'
import { notify } from '@/server/told/notify'

/**
 * Asks: to be a lead of the side whose key is missing: the host, or any other organisation. Never of the organisation
 * whose key is turned (R2). The second key turns break-glass on.
 */
export const turnGlassKey: Operation<{ workspaceId: Id; hash: string }, void> = {
  event: 'break_glass.enabled',
  async run(context, { workspaceId, hash }) {
    const { tx, actor, at } = context
    const workspace = await authorizeSwitch(context, workspaceId)
    const found = await pendingGlassRelease(tx, workspaceId, at)
    if (found === null || found.release.hash !== hash || workspace.breakGlassEnabled)
      throw new DomainError('conflict', 'Nothing waits for a key here any more. Reload the page.')
    const { release, keys } = found
    if (keys.some((key) => key.orgId === actor.orgId || key.personId === actor.personId))
      throw new DomainError('denied', `A key of ${actor.orgName} is turned already.`, {
        rule: 'R2',
        ask: 'a lead of another organisation',
      })
    const hostHasTurned = keys.some((key) => key.orgId === workspace.hostOrgId)
    if (!hostHasTurned && actor.orgId !== workspace.hostOrgId)
      throw new DomainError('denied', 'The key that is missing is the host\u2019s.', {
        rule: 'R2',
        ask: 'a lead of the host',
      })
    await assertConfirmed(context)
    await tx.orm.insert(releaseKeys).values({
      releaseId: release.id,
      personId: actor.personId,
      orgId: actor.orgId,
      purpose: hostHasTurned ? 'second' : 'originator',
      sessionId: actor.sessionId,
      at,
    })
    await endGlassReleases(context, workspaceId, 'completed')
    await tx.orm.update(workspaces).set({ breakGlassEnabled: true }).where(eq(workspaces.id, workspaceId))
    const object = { workspaceId, targetId: release.id }
    context.record({ type: 'break_glass.key_turned', object, details: { hash } })
    context.record({
      object,
      before: { enabled: false },
      after: { enabled: true },
      details: { keys: [...keys.map((key) => key.personId), actor.personId] },
    })
    const participants = await readParticipants(tx, workspaceId, workspace.hostOrgId, at)
    const orgIds = participants.map(({ agency }) => agency.id)
    await notify(tx, await leadsToTell(context, workspaceId, orgIds), {
      kind: 'break_glass.switched',
      workspaceId,
      byPersonId: actor.personId,
      details: { enabled: true },
    })
  },
}
