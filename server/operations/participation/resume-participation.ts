import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { authorizeSide } from '@/server/operations/participation/either-side'
import { tellSide } from '@/server/operations/participation/tell-side'
import type { Operation } from '@/server/operations/run-operation'
import { replaceParticipation } from '@/server/operations/terms/terms-rows'

/** Asks: to decide for the side that suspended it. Gives back what was agreed before, no more. */
export const resumeParticipation: Operation<{ workspaceId: Id; orgId: Id }, void> = {
  event: 'participation.resumed',
  own: true,
  async run(context, { workspaceId, orgId }) {
    const { participation, other } = await authorizeSide(context, workspaceId, orgId)
    if (participation.state !== 'suspended')
      throw new DomainError('conflict', 'This participation is not suspended.')
    if (participation.suspendedByOrg !== context.actor.orgId)
      throw new DomainError('denied', 'Only the side that suspended this participation can resume it.', {
        ask: 'a lead of the other organisation',
      })
    const active = { state: 'active', suspendedByOrg: null } as const
    const { id: participationId } = await replaceParticipation(context, participation, active)
    context.record({
      object: { workspaceId, targetId: orgId },
      before: { participationId: participation.id },
      after: { participationId },
    })
    await tellSide(context, {
      kind: 'participation.changed',
      workspaceId,
      orgId: other,
      details: { state: 'active' },
    })
    await context.changeAccess({ workspaceId, orgId })
  },
}
