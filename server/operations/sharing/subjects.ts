import { and, eq, inArray } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { SubjectKind } from '@/lib/policy/vocabulary'
import type { ClauseInput } from '@/lib/views/boundary'
import { groups } from '@/server/db/schema/identity'
import { memberships, participations } from '@/server/db/schema/workspace'
import type { OperationContext } from '@/server/operations/run-operation'
import { inForceAt } from '@/server/operations/shaping/agencies'

/**
 * A clause may name who takes part here now: an agency, one of its groups, one of the people here. Somebody else's
 * id and an id of nobody get the same answer.
 */
export const assertSubjectsTakePart = async (
  { tx, at }: OperationContext,
  workspaceId: Id,
  clauses: readonly Pick<ClauseInput, 'subjectKind' | 'subjectId'>[],
): Promise<void> => {
  const idsOf = (kind: SubjectKind) =>
    clauses.filter((clause) => clause.subjectKind === kind).map((clause) => clause.subjectId)
  const orgsHere = tx.orm
    .select({ id: participations.orgId })
    .from(participations)
    .where(and(eq(participations.workspaceId, workspaceId), inForceAt(participations, at)))
  const known = [
    ...(await orgsHere),
    ...(await tx.orm
      .select({ id: groups.id })
      .from(groups)
      .where(and(inArray(groups.id, idsOf('group')), inArray(groups.orgId, orgsHere)))),
    ...(await tx.orm
      .select({ id: memberships.personId })
      .from(memberships)
      .where(
        and(
          eq(memberships.workspaceId, workspaceId),
          inArray(memberships.personId, idsOf('person')),
          inForceAt(memberships, at),
        ),
      )),
  ].map(({ id }) => id)
  const here = new Set(known)
  if (clauses.some(({ subjectId }) => !here.has(subjectId)))
    throw new DomainError(
      'invalid',
      'Somebody who is named does not take part here. Reload the page, then choose again.',
    )
}
