import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { InvitationView } from '@/lib/views/organisation'
import { people } from '@/server/db/schema/identity'
import { personInvitations } from '@/server/db/schema/organisation'
import { workspaces } from '@/server/db/schema/workspace'
import { requireAdministrator } from '@/server/operations/identity/require-standing'
import type { Operation } from '@/server/operations/run-operation'

const MOST = 500
/** Days for which one that has run out still stands in the list, to be sent again. */
const KEPT_DAYS = 30

/**
 * What one's own organisation has sent and nobody has used: all of it for administrators; for leads what is about a
 * workspace that they lead.
 */
export const listInvitations: Operation<{ workspaceId: Id | null }, InvitationView[]> = {
  event: 'invitation.listed',
  own: true,
  async run(context, { workspaceId }) {
    const { tx, actor, at } = context
    if (workspaceId === null) requireAdministrator(actor)
    else await context.authorize({ workspaceId }, { ask: 'members', orgId: actor.orgId })
    const rows = await tx.orm
      .select({ invitation: personInvitations, by: people.name, workspace: workspaces.title })
      .from(personInvitations)
      .innerJoin(people, eq(people.id, personInvitations.createdBy))
      .leftJoin(workspaces, eq(workspaces.id, personInvitations.workspaceId))
      .where(
        and(
          eq(personInvitations.orgId, actor.orgId),
          ...(workspaceId === null ? [] : [eq(personInvitations.workspaceId, workspaceId)]),
          isNull(personInvitations.usedAt),
          isNull(personInvitations.withdrawnAt),
          gt(personInvitations.expiresAt, new Date(at.getTime() - KEPT_DAYS * 86_400_000)),
        ),
      )
      .orderBy(desc(personInvitations.createdAt), desc(personInvitations.id))
      .limit(MOST)
    context.recordView(
      {
        object: workspaceId === null ? { targetId: actor.orgId } : { workspaceId },
        volume: { invitations: rows.length },
      },
      rows.map(({ invitation }) => invitation.id),
    )
    return rows.map(({ invitation, by, workspace }) => ({
      id: invitation.id,
      email: invitation.email,
      name: invitation.name,
      workspace,
      role: invitation.role,
      membershipUntil: invitation.membershipUntil?.toISOString() ?? null,
      by,
      at: invitation.createdAt.toISOString(),
      expiresAt: invitation.expiresAt.toISOString(),
      over: invitation.expiresAt <= at,
      can: { handOver: actor.isAdministrator },
    }))
  },
}
