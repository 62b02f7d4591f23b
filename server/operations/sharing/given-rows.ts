import { and, eq, gt, isNull, or } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { BlockView, GivenView, SharingRef } from '@/lib/views/sharing'
import { denies, grants } from '@/server/db/schema/policy'
import type { OperationContext } from '@/server/operations/run-operation'
import { readPeople } from '@/server/operations/shaping/agencies'
import { readNames } from '@/server/operations/sharing/naming'

/** What was given and denied on the object itself and is not over, with who did it and when. */
export const givenRows = async (
  context: OperationContext,
  on: SharingRef,
): Promise<{ grants: GivenView[]; denies: BlockView[] }> => {
  const { tx, at } = context
  const here = (table: typeof grants | typeof denies) =>
    and(
      'sectionId' in on ? eq(table.sectionId, on.sectionId) : eq(table.documentId, on.documentId),
      isNull(table.endedAt),
      or(isNull(table.validUntil), gt(table.validUntil, at)),
    )
  const given = await tx.orm.select().from(grants).where(here(grants)).orderBy(grants.validFrom, grants.id)
  const denied = await tx.orm.select().from(denies).where(here(denies)).orderBy(denies.validFrom, denies.id)
  const nameOf = await readNames(context, [...given, ...denied])
  const by: ReadonlyMap<Id, { name: string }> = await readPeople(
    tx,
    [...given, ...denied].flatMap(({ grantedBy }) => grantedBy ?? []),
  )
  const view = (row: (typeof denied)[number]): BlockView[] => {
    const { id, subjectKind, subjectId, validFrom, validUntil, grantedBy } = row
    const named = nameOf({ subjectKind, subjectId })
    if (named === null) return []
    return [
      {
        id,
        subjectKind,
        subjectId,
        ...named,
        until: validUntil?.toISOString() ?? null,
        since: validFrom.toISOString(),
        by: grantedBy === null ? null : (by.get(grantedBy)?.name ?? null),
      },
    ]
  }
  return {
    grants: given.flatMap((row) => view(row).map((shown) => ({ ...shown, level: row.level }))),
    denies: denied.flatMap(view),
  }
}
