import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { workspaces } from '@/server/db/schema/workspace'
import type { OperationContext } from '@/server/operations/run-operation'
import { type ParticipationRow, participationOf } from '@/server/operations/terms/terms-rows'
import { termsStanding } from '@/server/operations/terms/terms-standing'
import { authorizeHost } from '@/server/operations/workspaces/authorize-host'

/** An organisation's part in a workspace. */
export interface Part {
  workspace: typeof workspaces.$inferSelect
  participation: ParticipationRow
}

/**
 * Asks: to speak for one's own organisation here (a lead, or an administrator), also while it is held out or suspended. Locks
 * the workspace. @throws DomainError `missing` for whoever has no part here, `denied` for its other people
 */
export const authorizeOwnSide = async (context: OperationContext, workspaceId: Id): Promise<Part> => {
  const { workspace, participation, speaks } = await termsStanding(context, workspaceId, true)
  const { orgName } = context.actor
  if (!speaks)
    throw new DomainError(
      'denied',
      `Only leads and administrators of ${orgName} decide about its part here.`,
      {
        ask: `a lead of ${orgName}`,
      },
    )
  return { workspace, participation }
}

/**
 * Asks: to speak for the organisation itself, or to lead the host's people. `other` is the organisation on the other side.
 * @throws DomainError `missing` for an organisation that does not take part
 */
export const authorizeSide = async (
  context: OperationContext,
  workspaceId: Id,
  orgId: Id,
): Promise<Part & { other: Id }> => {
  if (orgId === context.actor.orgId) {
    const own = await authorizeOwnSide(context, workspaceId)
    return { ...own, other: own.workspace.hostOrgId }
  }
  const workspace = await authorizeHost(context, workspaceId)
  const participation = await participationOf(context, workspaceId, orgId)
  if (participation === null) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
  return { workspace, participation, other: orgId }
}
