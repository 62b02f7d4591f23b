import { eq } from 'drizzle-orm'
import { type Id, newId } from '@/lib/ids'
import type { Role } from '@/lib/policy/vocabulary'
import { memberships } from '@/server/db/schema/workspace'
import { assertAnotherLead, authorizeMembership, endOf } from '@/server/operations/members/members-lock'
import type { Operation } from '@/server/operations/run-operation'

interface Input {
  membershipId: Id
  role: Role
  until: string | null
}

/** Asks: to lead the person's organisation here. The old row ends and a new one begins: rows are never overwritten. */
export const changeMember: Operation<Input, { membershipId: Id }> = {
  event: 'membership.changed',
  async run(context, { membershipId, role, until }) {
    const { tx, actor, at } = context
    const { membership: old } = await authorizeMembership(context, membershipId)
    const { workspaceId, personId } = old
    const validUntil = endOf(until, at)
    const staysLead = role === 'lead' && validUntil === null
    if (old.role === 'lead' && !staysLead)
      await assertAnotherLead(context, old, { id: actor.orgId, name: actor.orgName })
    await tx.orm
      .update(memberships)
      .set({ endedAt: at, endedBy: actor.personId })
      .where(eq(memberships.id, membershipId))
    const newMembershipId = newId()
    await tx.orm.insert(memberships).values({
      id: newMembershipId,
      workspaceId,
      personId,
      role,
      grantedBy: actor.personId,
      validFrom: at,
      validUntil,
    })
    context.record({
      object: { workspaceId, targetId: personId },
      before: { membershipId, role: old.role, until: old.validUntil?.toISOString() ?? null },
      after: { membershipId: newMembershipId, role, until },
      details: { role },
    })
    await context.changeAccess({ workspaceId, personId })
    return { membershipId: newMembershipId }
  },
}
