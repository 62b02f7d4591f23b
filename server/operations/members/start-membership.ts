import { and, eq, gt, isNull, or } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import type { Role } from '@/lib/policy/vocabulary'
import type { people } from '@/server/db/schema/identity'
import { memberships } from '@/server/db/schema/workspace'
import type { OperationContext } from '@/server/operations/run-operation'

interface Start {
  workspaceId: Id
  person: Pick<typeof people.$inferSelect, 'id' | 'name' | 'state'>
  role: Role
  validUntil: Date | null
}

/** A person of the actor's own organisation takes part from now. The caller has asked, and holds the members' lock. */
export const startMembership = async (
  context: OperationContext,
  { workspaceId, person, role, validUntil }: Start,
): Promise<Id> => {
  const { tx, actor, at } = context
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
        eq(memberships.personId, person.id),
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
    personId: person.id,
    role,
    grantedBy: actor.personId,
    validFrom: at,
    validUntil,
  })
  context.record({
    type: 'membership.started',
    object: { workspaceId, targetId: person.id },
    after: { membershipId, role, until: validUntil?.toISOString() ?? null },
    details: { role },
  })
  await context.changeAccess({ workspaceId, personId: person.id })
  return membershipId
}
