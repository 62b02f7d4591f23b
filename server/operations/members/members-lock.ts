import { and, eq, gt, isNull, ne, or } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { people } from '@/server/db/schema/identity'
import { memberships, workspaces } from '@/server/db/schema/workspace'
import type { OperationContext } from '@/server/operations/run-operation'
import { inForceAt } from '@/server/operations/shaping/agencies'

/** One change of a workspace's members at a time: else two leads could each remove the other. */
export const lockMembers = async ({ tx }: Pick<OperationContext, 'tx'>, workspaceId: Id): Promise<void> => {
  await tx.orm
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
    .for('no key update')
}

/**
 * A membership that is not over, with its person, after asking to change the members of that person's organisation.
 * One that is over, another workspace's and one of no id at all are the same.
 */
export const authorizeMembership = async (context: OperationContext, membershipId: Id) => {
  const { tx, at } = context
  const find = () =>
    tx.orm
      .select({ membership: memberships, person: people })
      .from(memberships)
      .innerJoin(people, eq(people.id, memberships.personId))
      .where(eq(memberships.id, membershipId))
  const [place] = await find()
  const { workspaceId, orgId } = {
    workspaceId: place?.membership.workspaceId ?? membershipId,
    orgId: place?.person.orgId ?? membershipId,
  }
  await context.authorize({ workspaceId }, { ask: 'members', orgId })
  await lockMembers(context, workspaceId)
  const [row] = await find()
  const { endedAt = null, validUntil = null } = row?.membership ?? {}
  if (row === undefined || endedAt !== null || (validUntil !== null && validUntil <= at))
    throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
  return row
}

/** Refuses a change after which nobody leads the organisation's people here. The caller holds the lock. */
export const assertAnotherLead = async (
  { tx, at }: OperationContext,
  { workspaceId, personId }: { workspaceId: Id; personId: Id },
  org: { id: Id; name: string },
): Promise<void> => {
  const others = await tx.orm
    .select({ id: memberships.id })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(
      and(
        eq(memberships.workspaceId, workspaceId),
        eq(memberships.role, 'lead'),
        ne(memberships.personId, personId),
        eq(people.orgId, org.id),
        eq(people.state, 'active'),
        inForceAt(memberships, at),
        or(isNull(memberships.validUntil), gt(memberships.validUntil, at)),
      ),
    )
    .limit(1)
  if (others.length === 0)
    throw new DomainError(
      'conflict',
      `This is the last lead of ${org.name} here: nobody could add or remove its people any more. Make someone else lead first.`,
    )
}

/** @throws DomainError `invalid` for an end that is over already */
export const endOf = (until: string | null, at: Date): Date | null => {
  if (until === null) return null
  const end = new Date(until)
  if (end <= at)
    throw new DomainError('invalid', 'The end lies in the past. Choose a later one, or leave it open.')
  return end
}
