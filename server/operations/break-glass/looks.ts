import { and, eq, inArray, isNull, or } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { Tx } from '@/server/db/client'
import { breakGlassReviews } from '@/server/db/schema/consent'
import { documents, sections } from '@/server/db/schema/content'
import { breakGlass } from '@/server/db/schema/policy'

/** A look must be reviewed so many hours after it is over. */
export const REVIEW_HOURS = 72
export const MOST_MINUTES = 60

const LOOK = {
  look: breakGlass,
  review: breakGlassReviews,
  workspaceId: documents.workspaceId,
  documentId: documents.id,
  originatorOrgId: sections.originatorOrgId,
}

const looks = (tx: Tx) =>
  tx.orm
    .select(LOOK)
    .from(breakGlass)
    .innerJoin(sections, eq(sections.id, breakGlass.sectionId))
    .innerJoin(documents, eq(documents.id, sections.documentId))
    .leftJoin(breakGlassReviews, eq(breakGlassReviews.breakGlassId, breakGlass.id))

export type Look = Awaited<ReturnType<typeof readLook>> & object

/** One look with where it belongs. Tells nothing by itself: the caller authorizes. */
export const readLook = async (tx: Tx, id: Id) => {
  const [row] = await looks(tx).where(eq(breakGlass.id, id))
  return row ?? null
}

/** All of a workspace that are of this person or of sections that this organisation originated, the newest first. */
export const readLooks = async (tx: Tx, workspaceId: Id, of: { personId: Id; orgId: Id }) => {
  const rows = await looks(tx).where(
    and(
      eq(documents.workspaceId, workspaceId),
      or(eq(breakGlass.personId, of.personId), eq(sections.originatorOrgId, of.orgId)),
    ),
  )
  return rows.sort((a, b) => b.look.validFrom.getTime() - a.look.validFrom.getTime())
}

/** Looks that nobody has reviewed yet, in the given workspaces or everywhere. */
export const readUnreviewed = async (tx: Tx, workspaceIds?: readonly Id[]) =>
  looks(tx).where(
    and(
      isNull(breakGlassReviews.breakGlassId),
      ...(workspaceIds === undefined ? [] : [inArray(documents.workspaceId, [...workspaceIds])]),
    ),
  )

/** When it was or will be over. */
export const overAt = ({ look: { validUntil, endedAt } }: Pick<Look, 'look'>): Date => {
  const ends = [validUntil, endedAt].flatMap((end) => (end === null ? [] : [end.getTime()]))
  return new Date(Math.min(...ends))
}

export const dueAt = (look: Pick<Look, 'look'>): Date =>
  new Date(overAt(look).getTime() + REVIEW_HOURS * 3_600_000)
