import { and, eq, isNull } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { Boundary } from '@/lib/policy/facts'
import type { BoundaryChangeView, BoundaryInput } from '@/lib/views/boundary'
import { sections } from '@/server/db/schema/content'
import { boundaries, boundaryClauses } from '@/server/db/schema/policy'
import { boundaryChange, peopleOf, plain } from '@/server/operations/boundaries/boundary-change'
import { assertChange, changeView } from '@/server/operations/boundaries/change-view'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { sectionObject } from '@/server/operations/sections/section-places'

interface Input {
  sectionId: Id
  boundary: BoundaryInput
  /** Of the preview that was confirmed. */
  hash: string
}

/**
 * Asks: rule over the section; for a widening, to be the originator's lead or steward. Narrowing acts at once: the
 * change of access leaves with the commit. Event: `boundary.widened` when anyone gains, else `boundary.narrowed`.
 */
export const setBoundary: Operation<Input, BoundaryChangeView> = {
  event: 'boundary.narrowed',
  async run(context, { sectionId, boundary, hash }) {
    await lockSection(context, sectionId)
    const authorized = await context.authorize({ sectionId }, { ask: 'govern' })
    const change = await boundaryChange(context, authorized, boundary)
    if (change.hash !== hash)
      throw new DomainError(
        'conflict',
        'Something changed since the preview: who gains or loses is no longer what you confirmed. Look again.',
      )
    await assertChange(context, authorized, change)
    await replace(context, sectionId, change.after)
    const object = sectionObject(authorized, sectionId)
    const { gain, lose } = change
    context.record({
      ...(gain.length > 0 ? { type: 'boundary.widened' } : {}),
      object: change.after === null ? object : { ...object, targetId: change.after.id },
      before: { boundaryId: change.before?.id ?? null, clauses: plain(change.before) },
      after: { boundaryId: change.after?.id ?? null, clauses: plain(change.after) },
      volume: { gain: gain.length, lose: lose.length },
      details: { hash, gain: peopleOf(gain), lose: peopleOf(lose) },
    })
    await context.changeAccess(object)
    return changeView(context, change, null)
  },
}

/** One change of a section's boundary at a time; edits go on meanwhile. Tells nothing: it reads only the id. */
const lockSection = async ({ tx }: OperationContext, sectionId: Id): Promise<void> => {
  await tx.orm
    .select({ id: sections.id })
    .from(sections)
    .where(eq(sections.id, sectionId))
    .for('no key update')
}

/** The old boundary ends and a new one begins: what was in force on any day stays a query. */
const replace = async (
  { tx, actor, at }: OperationContext,
  sectionId: Id,
  after: Boundary | null,
): Promise<void> => {
  await tx.orm
    .update(boundaries)
    .set({ endedAt: at, endedBy: actor.personId })
    .where(and(eq(boundaries.sectionId, sectionId), isNull(boundaries.endedAt)))
  if (after === null) return
  await tx.orm
    .insert(boundaries)
    .values({ id: after.id, sectionId, grantedBy: actor.personId, validFrom: at })
  if (after.clauses.length === 0) return
  await tx.orm.insert(boundaryClauses).values(
    after.clauses.map(({ id, subjectKind, subjectId, maxLevel, validity }) => ({
      id,
      boundaryId: after.id,
      subjectKind,
      subjectId,
      maxLevel,
      validFrom: at,
      validUntil: validity.until === null ? null : new Date(validity.until),
    })),
  )
}
