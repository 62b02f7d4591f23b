import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { memberships } from '@/server/db/schema/workspace'
import { assertAnotherLead, authorizeMembership } from '@/server/operations/members/members-lock'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: to lead the person's organisation here. Also one's own membership, unless one is its last lead. */
export const endMember: Operation<{ membershipId: Id }, void> = {
  event: 'membership.ended',
  async run(context, { membershipId }) {
    const { tx, actor, at } = context
    const { membership } = await authorizeMembership(context, membershipId)
    const { workspaceId, personId, role } = membership
    if (role === 'lead')
      await assertAnotherLead(context, membership, { id: actor.orgId, name: actor.orgName })
    await tx.orm
      .update(memberships)
      .set({ endedAt: at, endedBy: actor.personId })
      .where(eq(memberships.id, membershipId))
    context.record({
      object: { workspaceId, targetId: personId },
      before: { membershipId, role, until: membership.validUntil?.toISOString() ?? null },
      details: { role },
    })
    await context.changeAccess({ workspaceId, personId })
  },
}
