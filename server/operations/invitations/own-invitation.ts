import { eq } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { personInvitations } from '@/server/db/schema/organisation'
import type { InvitationRow } from '@/server/operations/invitations/invitation-link'
import type { OperationContext } from '@/server/operations/run-operation'

/**
 * A pending invitation of the actor's own organisation, locked: for its administrators, and for its leads in the
 * workspace that it is about. One that is over, somebody else's and one of no id are the same.
 */
export const ownInvitation = async (context: OperationContext, invitationId: Id): Promise<InvitationRow> => {
  const { tx, actor } = context
  const [row] = await tx.orm
    .select()
    .from(personInvitations)
    .where(eq(personInvitations.id, invitationId))
    .for('update')
  const gone = new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
  if (row === undefined || row.orgId !== actor.orgId) throw gone
  if (!actor.isAdministrator) {
    if (row.workspaceId === null)
      throw new DomainError('denied', `Only administrators of ${actor.orgName} can change this invitation.`, {
        ask: `an administrator of ${actor.orgName}`,
      })
    await context.authorize({ workspaceId: row.workspaceId }, { ask: 'members', orgId: actor.orgId })
  }
  if (row.usedAt !== null)
    throw new DomainError('conflict', `${row.name} has accepted this invitation already.`)
  if (row.withdrawnAt !== null) throw gone
  return row
}

/** As an event names it. */
export const invitationObject = ({ id, workspaceId }: InvitationRow) => ({
  ...(workspaceId === null ? {} : { workspaceId }),
  targetId: id,
})
