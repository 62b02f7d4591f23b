import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { HoldView } from '@/lib/views/retention/erasure'
import { readNames } from '@/server/audit/names'
import { legalHolds } from '@/server/db/schema/audit'
import type { OperationContext } from '@/server/operations/run-operation'
import { readPeople } from '@/server/operations/shaping/agencies'

/**
 * Holds in force, oldest first: those that auditors of a workspace have placed, or those of the administrators of the actor's own
 * organisation. The same people lift them, two at a time.
 */
export const holdViews = async (
  { tx, actor }: OperationContext,
  of: { workspaceId: Id } | { own: true },
): Promise<HoldView[]> => {
  const where =
    'workspaceId' in of
      ? eq(legalHolds.workspaceId, of.workspaceId)
      : and(isNull(legalHolds.workspaceId), eq(legalHolds.orgId, actor.orgId))
  const rows = await tx.orm
    .select()
    .from(legalHolds)
    .where(and(where, isNull(legalHolds.liftedAt)))
    .orderBy(asc(legalHolds.placedAt), asc(legalHolds.id))
  const names = await readNames(
    tx,
    rows.map(({ subjectId }) => subjectId),
    // Of people, agencies and the workspace itself: none of them has a title that is hidden.
    { kind: 'whole' },
  )
  const people = await readPeople(
    tx,
    rows.flatMap(({ placedBy, liftAskedBy }) =>
      liftAskedBy === null ? [placedBy] : [placedBy, liftAskedBy],
    ),
  )
  return rows.map((row) => {
    const mine = row.liftAskedBy === actor.personId
    return {
      id: row.id,
      kind: row.kind,
      subject: names.get(row.subjectId)?.name ?? 'Unknown',
      reason: row.reason,
      placedBy: people.get(row.placedBy) ?? null,
      placedAt: row.placedAt.toISOString(),
      lifting:
        row.liftAskedAt === null || row.liftAskedBy === null
          ? null
          : { by: people.get(row.liftAskedBy) ?? null, at: row.liftAskedAt.toISOString() },
      can: { lift: !mine, why: mine ? 'You have asked. A second person lifts it.' : null },
    }
  })
}
