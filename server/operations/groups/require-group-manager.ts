import { and, eq } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { Reader } from '@/server/db/client'
import { groups, organisations } from '@/server/db/schema/identity'
import { memberships } from '@/server/db/schema/workspace'
import type { Actor } from '@/server/identity/actor'
import type { OperationContext } from '@/server/operations/run-operation'
import { inForceAt } from '@/server/operations/shaping/agencies'

/** Leads somewhere, now. */
export const isLead = async (reader: Reader, actor: Actor, at: Date): Promise<boolean> => {
  const [lead] = await reader.orm
    .select({ id: memberships.id })
    .from(memberships)
    .where(
      and(eq(memberships.personId, actor.personId), eq(memberships.role, 'lead'), inForceAt(memberships, at)),
    )
    .limit(1)
  return lead !== undefined
}

/** Administrators and leads manage the groups of their own organisation, one change at a time. */
export const requireGroupManager = async ({ tx, actor, at }: OperationContext): Promise<void> => {
  if (!actor.isAdministrator && !(await isLead(tx, actor, at)))
    throw new DomainError('denied', `Only administrators and leads of ${actor.orgName} change its groups.`, {
      ask: `an administrator of ${actor.orgName}`,
    })
  await tx.orm
    .select({ id: organisations.id })
    .from(organisations)
    .where(eq(organisations.id, actor.orgId))
    .for('no key update')
}

/** A group of the actor's own organisation. Those of others do not exist here. */
export const ownGroup = async ({ tx, actor }: OperationContext, groupId: Id) => {
  const [group] = await tx.orm
    .select()
    .from(groups)
    .where(and(eq(groups.id, groupId), eq(groups.orgId, actor.orgId)))
  if (group === undefined) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
  return group
}
