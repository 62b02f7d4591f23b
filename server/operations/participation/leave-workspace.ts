import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { OwnSections } from '@/server/operations/participation/close-own'
import { authorizeOwnSide } from '@/server/operations/participation/either-side'
import { endParticipation } from '@/server/operations/participation/end-participation'
import { agreedOnLeaving } from '@/server/operations/participation/preview-end'
import { tellSide } from '@/server/operations/participation/tell-side'
import type { Operation } from '@/server/operations/run-operation'

/**
 * Asks: to lead one's own organisation here or to administer it, also while it is held out. `sections` is its own choice
 * where the terms that it has signed leave it.
 */
export const leaveWorkspace: Operation<{ workspaceId: Id; sections: OwnSections; confirm: true }, void> = {
  event: 'participation.left',
  own: true,
  async run(context, { workspaceId, sections }) {
    const own = await authorizeOwnSide(context, workspaceId)
    const { workspace } = own
    if (context.actor.orgId === workspace.hostOrgId)
      throw new DomainError(
        'invalid',
        `${context.actor.orgName} hosts this workspace and cannot leave it: the others depend on it. To end the partnership, take the other agencies out first.`,
      )
    const agreed = await agreedOnLeaving(context, own)
    if (agreed !== 'choice' && agreed !== sections)
      throw new DomainError('conflict', 'The terms that were signed say something else. Reload the page.')
    await tellSide(context, {
      kind: 'participation.changed',
      workspaceId,
      orgId: workspace.hostOrgId,
      details: { state: 'left', sections },
    })
    await endParticipation(context, own, sections, 'participation.left')
  },
}
