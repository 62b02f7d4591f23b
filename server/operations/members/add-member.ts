import { and, eq, gt, isNull, or } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import type { Role } from '@/lib/policy/vocabulary'
import { people } from '@/server/db/schema/identity'
import { memberships } from '@/server/db/schema/workspace'
import { endOf, lockMembers } from '@/server/operations/members/members-lock'
import type { Operation } from '@/server/operations/run-operation'

interface Input {
  workspaceId: Id
  personId: Id
  role: Role
  until: string | null
}

/** Asks: to lead one's own organisation's people here. Somebody else's people are as good as missing. */
export const addMember: Operation<Input, { membershipId: Id }> = {
  event: 'membership.started',
  async run(context, { workspaceId, personId, role, until }) {
    const { tx, actor, at } = context
    await context.authorize({ workspaceId }, { ask: 'members', orgId: actor.orgId })
    await lockMembers(context, workspaceId)
    const validUntil = endOf(until, at)
    const [person] = await tx.orm
      .select()
      .from(people)
      .where(and(eq(people.id, personId), eq(people.orgId, actor.orgId)))
    if (person === undefined) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
    if (person.state !== 'active')
      throw new DomainError(
        'invalid',
        `${person.name} is suspended. An administrator can reinstate the account.`,
      )
    const [already] = await tx.orm
      .select()
      .from(memberships)
      .where(
        and(
          eq(memberships.workspaceId, workspaceId),
          eq(memberships.personId, personId),
          isNull(memberships.endedAt),
          or(isNull(memberships.validUntil), gt(memberships.validUntil, at)),
        ),
      )
    if (already !== undefined)
      throw new DomainError(
        'conflict',
        `${person.name} takes part here already, as ${already.role}. Change the role instead.`,
      )
    const membershipId = newId()
    await tx.orm.insert(memberships).values({
      id: membershipId,
      workspaceId,
      personId,
      role,
      grantedBy: actor.personId,
      validFrom: at,
      validUntil,
    })
    context.record({
      object: { workspaceId, targetId: personId },
      after: { membershipId, role, until },
      details: { role },
    })
    await context.changeAccess({ workspaceId, personId })
    return { membershipId }
  },
}
