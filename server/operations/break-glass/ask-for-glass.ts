import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import { releaseKeys, releases } from '@/server/db/schema/consent'
import {
  authorizeSwitch,
  hashOf,
  leadsToTell,
  pendingGlassRelease,
} from '@/server/operations/break-glass/glass-release'
import { assertConfirmed } from '@/server/operations/releases/assert-confirmed'
import type { Operation } from '@/server/operations/run-operation'
import { readParticipants } from '@/server/operations/shaping/agencies'
import { notify } from '@/server/told/notify'

const HOURS = 72

/** Asks: to be a lead. Turns one's own key; a lead of the host and one of another organisation must have turned theirs. */
export const askForGlass: Operation<{ workspaceId: Id }, { releaseId: Id }> = {
  event: 'break_glass.asked',
  async run(context, { workspaceId }) {
    const { tx, actor, at } = context
    const workspace = await authorizeSwitch(context, workspaceId)
    await assertConfirmed(context)
    if (workspace.breakGlassEnabled)
      throw new DomainError('conflict', 'Break-glass is turned on here already.')
    if ((await pendingGlassRelease(tx, workspaceId, at)) !== null)
      throw new DomainError('conflict', 'Somebody has asked for this already. It waits for a second key.')
    const id = newId()
    const isHost = actor.orgId === workspace.hostOrgId
    await tx.orm.insert(releases).values({
      id,
      kind: 'break_glass',
      workspaceId,
      change: { breakGlass: true },
      hash: hashOf(workspaceId),
      requestedBy: actor.personId,
      requestedByOrg: actor.orgId,
      requestedAt: at,
      expiresAt: new Date(at.getTime() + HOURS * 3_600_000),
      state: 'pending',
    })
    await tx.orm.insert(releaseKeys).values({
      releaseId: id,
      personId: actor.personId,
      orgId: actor.orgId,
      purpose: isHost ? 'originator' : 'second',
      sessionId: actor.sessionId,
      at,
    })
    context.record({ object: { workspaceId, targetId: id }, details: { hash: hashOf(workspaceId) } })
    const participants = await readParticipants(tx, workspaceId, workspace.hostOrgId, at)
    const others = participants.map(({ agency }) => agency.id).filter((orgId) => orgId !== actor.orgId)
    const asked = isHost ? others : [workspace.hostOrgId]
    await notify(tx, await leadsToTell(context, workspaceId, asked), {
      kind: 'break_glass.asked',
      workspaceId,
      targetId: id,
      byPersonId: actor.personId,
    })
    return { releaseId: id }
  },
}
