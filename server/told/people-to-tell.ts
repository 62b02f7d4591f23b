import { and, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { Role } from '@/lib/policy/vocabulary'
import type { Tx } from '@/server/db/client'
import { people } from '@/server/db/schema/identity'
import { memberships } from '@/server/db/schema/workspace'

/** Active people of an organisation with one of the roles in a workspace, at the moment. */
export const membersToTell = async (
  tx: Tx,
  about: { workspaceId: Id; orgId: Id; roles: readonly Role[]; at: Date },
): Promise<Id[]> => {
  const rows = await tx.orm
    .selectDistinct({ id: people.id })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(
      and(
        eq(memberships.workspaceId, about.workspaceId),
        inArray(memberships.role, [...about.roles]),
        eq(people.orgId, about.orgId),
        eq(people.state, 'active'),
        lte(memberships.validFrom, about.at),
        isNull(memberships.endedAt),
        or(isNull(memberships.validUntil), gt(memberships.validUntil, about.at)),
      ),
    )
  return rows.map(({ id }) => id)
}

/** Active people of any organisation who are auditors of a workspace at the moment. */
export const auditorsToTell = async (tx: Tx, workspaceId: Id, at: Date): Promise<Id[]> => {
  const rows = await tx.orm
    .selectDistinct({ id: people.id })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(
      and(
        eq(memberships.workspaceId, workspaceId),
        eq(memberships.role, 'auditor'),
        eq(people.state, 'active'),
        lte(memberships.validFrom, at),
        isNull(memberships.endedAt),
        or(isNull(memberships.validUntil), gt(memberships.validUntil, at)),
      ),
    )
  return rows.map(({ id }) => id)
}

/** Active administrators of an organisation. */
export const administratorsToTell = async (tx: Tx, orgId: Id): Promise<Id[]> => {
  const rows = await tx.orm
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.orgId, orgId), eq(people.isAdministrator, true), eq(people.state, 'active')))
  return rows.map(({ id }) => id)
}
