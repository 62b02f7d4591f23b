import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { endParticipation } from '@/server/operations/participation/end-participation'
import { agreedOnLeaving } from '@/server/operations/participation/preview-end'
import { tellSide } from '@/server/operations/participation/tell-side'
import type { Operation } from '@/server/operations/run-operation'
import { participationOf } from '@/server/operations/terms/terms-rows'
import { authorizeHost } from '@/server/operations/workspaces/authorize-host'

/**
 * Asks: to lead the host's people here. Ends an organisation's part and the memberships of its people; they lose access at
 * once. Its sections are withdrawn unless the terms that it has signed say that they are frozen: it was not asked.
 */
export const removeOrganisation: Operation<{ workspaceId: Id; orgId: Id; confirm: true }, void> = {
  event: 'participation.ended',
  async run(context, { workspaceId, orgId }) {
    const workspace = await authorizeHost(context, workspaceId)
    if (orgId === workspace.hostOrgId)
      throw new DomainError('invalid', 'The host cannot be taken out of its own workspace.')
    const participation = await participationOf(context, workspaceId, orgId)
    if (participation === null) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
    const side = { workspace, participation }
    const sections = (await agreedOnLeaving(context, side)) === 'freeze' ? 'freeze' : 'withdraw'
    await tellSide(context, {
      kind: 'participation.changed',
      workspaceId,
      orgId,
      details: { state: 'ended', sections },
    })
    await endParticipation(context, side, sections, 'participation.ended')
  },
}
