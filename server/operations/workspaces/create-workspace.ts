import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import { memberships, participations, workspaces } from '@/server/db/schema/workspace'
import type { Operation } from '@/server/operations/run-operation'

/**
 * Asks: to be an administrator of one's own organisation, which then hosts. The creator is its first lead; the host
 * takes part like any other, with nothing to hold it back.
 */
export const createWorkspace: Operation<{ title: string }, { workspaceId: Id }> = {
  event: 'workspace.created',
  own: true,
  async run(context, { title }) {
    const { tx, actor, at } = context
    if (!actor.isAdministrator)
      throw new DomainError('denied', 'Only administrators start a workspace for their organisation.', {
        ask: `an administrator of ${actor.orgName}`,
      })
    const workspaceId = newId()
    const since = { workspaceId, grantedBy: actor.personId, validFrom: at }
    const participationId = newId()
    const membershipId = newId()
    await tx.orm
      .insert(workspaces)
      .values({ id: workspaceId, title, hostOrgId: actor.orgId, createdAt: at, createdBy: actor.personId })
    await tx.orm
      .insert(participations)
      .values({ ...since, id: participationId, orgId: actor.orgId, ceiling: 'manage', mayExport: true })
    await tx.orm
      .insert(memberships)
      .values({ ...since, id: membershipId, personId: actor.personId, role: 'lead' })
    context.record({
      object: { workspaceId },
      after: { hostOrgId: actor.orgId, participationId, membershipId, lead: actor.personId },
    })
    await context.changeAccess({ workspaceId })
    return { workspaceId }
  },
}
