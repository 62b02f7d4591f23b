import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { authorizeSide } from '@/server/operations/participation/either-side'
import { tellSide } from '@/server/operations/participation/tell-side'
import type { Operation } from '@/server/operations/run-operation'
import { replaceParticipation } from '@/server/operations/terms/terms-rows'

/**
 * Asks: to lead the host's people, or to decide for the organisation itself. At once: its people are out at the commit and
 * their sockets close. Only the side that suspended can resume.
 */
export const suspendParticipation: Operation<{ workspaceId: Id; orgId: Id; confirm: true }, void> = {
  event: 'participation.suspended',
  own: true,
  async run(context, { workspaceId, orgId }) {
    const { workspace, participation, other } = await authorizeSide(context, workspaceId, orgId)
    if (orgId === workspace.hostOrgId)
      throw new DomainError('invalid', 'The host cannot be suspended in its own workspace.')
    if (participation.state === 'suspended')
      throw new DomainError('conflict', 'This participation is suspended already.')
    const suspended = { state: 'suspended', suspendedByOrg: context.actor.orgId } as const
    const { id: participationId } = await replaceParticipation(context, participation, suspended)
    context.record({
      object: { workspaceId, targetId: orgId },
      before: { participationId: participation.id },
      after: { participationId, suspendedByOrg: context.actor.orgId },
    })
    await tellSide(context, {
      kind: 'participation.changed',
      workspaceId,
      orgId: other,
      details: { state: 'suspended' },
    })
    await context.changeAccess({ workspaceId, orgId })
  },
}
