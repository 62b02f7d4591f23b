import { type Id, newId } from '@/lib/ids'
import type { Boundary } from '@/lib/policy/facts'
import { boundaries, boundaryClauses } from '@/server/db/schema/policy'
import type { OperationContext } from '@/server/operations/run-operation'

/** A boundary of its own that says what another one says now. */
export const writeBoundary = async (
  { tx, actor, at }: OperationContext,
  on: { sectionId: Id } | { documentId: Id },
  { clauses }: Boundary,
): Promise<void> => {
  const boundaryId = newId()
  await tx.orm.insert(boundaries).values({ id: boundaryId, ...on, grantedBy: actor.personId, validFrom: at })
  if (clauses.length === 0) return
  await tx.orm.insert(boundaryClauses).values(
    clauses.map(({ subjectKind, subjectId, maxLevel, validity: { from, until } }) => ({
      id: newId(),
      boundaryId,
      subjectKind,
      subjectId,
      maxLevel,
      validFrom: new Date(Math.max(from, at.getTime())),
      validUntil: until === null ? null : new Date(until),
    })),
  )
}
