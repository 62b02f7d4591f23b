import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { documents, sections } from '@/server/db/schema/content'
import { boundaries, boundaryClauses, denies, grants, sectionSources } from '@/server/db/schema/policy'
import type { OperationContext, OperationEvent } from '@/server/operations/run-operation'
import { peopleCounts } from '@/server/operations/sharing/compare-levels'
import type { JudgedChange } from '@/server/operations/sharing/sharing-change'
import type { Authorized } from '@/server/policy/authorize'

type Note = (draft: Omit<OperationEvent, 'object'> & Partial<Pick<OperationEvent, 'object'>>) => void

/** Writes a judged change: rows end and begin, nothing is overwritten; one event for each thing that was changed. */
export const applyChange = async (
  context: OperationContext,
  authorized: Authorized,
  judged: JudgedChange,
): Promise<void> => {
  const { planned, gain, lose, hash, before, after } = judged
  const object = objectOf(authorized)
  const people = (changes: readonly { personId: Id }[]) => [
    ...new Set(changes.map(({ personId }) => personId)),
  ]
  const note: Note = (draft) =>
    context.record({
      object,
      volume: peopleCounts(judged),
      details: { hash, gain: people(gain), lose: people(lose) },
      ...draft,
    })
  if (planned.boundary !== undefined) {
    await replaceBoundary(context, judged)
    note({
      type: gain.length > 0 ? 'boundary.widened' : 'boundary.narrowed',
      object: planned.boundary === null ? object : { ...object, targetId: planned.boundary.id },
      before: { clauses: before.boundary },
      after: { boundaryId: planned.boundary?.id ?? null, clauses: after.boundary },
    })
  }
  await writeRows(context, judged, note, object)
  if (planned.label !== undefined) {
    const { id: label } = planned.label
    if ('sectionId' in planned.ref)
      await context.tx.orm.update(sections).set({ label }).where(eq(sections.id, planned.ref.sectionId))
    else await context.tx.orm.update(documents).set({ label }).where(eq(documents.id, planned.ref.documentId))
    note({
      type: 'sectionId' in planned.ref ? 'section.marked' : 'document.marked',
      before: { label: before.label },
      after: { label },
    })
  }
  if (planned.frozen !== undefined && 'sectionId' in planned.ref) {
    const by = { frozenAt: context.at, frozenBy: context.actor.personId }
    await context.tx.orm
      .update(sections)
      .set(planned.frozen ? by : { frozenAt: null, frozenBy: null })
      .where(eq(sections.id, planned.ref.sectionId))
    note({ type: planned.frozen ? 'section.frozen' : 'section.unfrozen' })
  }
  await context.changeAccess(object)
}

/** The ids that every event about the object carries. */
export const objectOf = ({ workspaceId, documentId, sectionId }: Authorized) => ({
  workspaceId,
  ...(documentId === null ? {} : { documentId }),
  ...(sectionId === null ? {} : { sectionId }),
})

/** The old boundary ends and a new one begins: what was in force on any day stays a query. */
const replaceBoundary = async (
  { tx, actor, at }: OperationContext,
  { planned: { ref, boundary } }: JudgedChange,
): Promise<void> => {
  const here =
    'sectionId' in ref ? eq(boundaries.sectionId, ref.sectionId) : eq(boundaries.documentId, ref.documentId)
  await tx.orm
    .update(boundaries)
    .set({ endedAt: at, endedBy: actor.personId })
    .where(and(here, isNull(boundaries.endedAt)))
  if (boundary === undefined || boundary === null) return
  await tx.orm
    .insert(boundaries)
    .values({ id: boundary.id, ...ref, grantedBy: actor.personId, validFrom: at })
  if (boundary.clauses.length === 0) return
  await tx.orm.insert(boundaryClauses).values(
    boundary.clauses.map(({ id, subjectKind, subjectId, maxLevel, validity }) => ({
      id,
      boundaryId: boundary.id,
      subjectKind,
      subjectId,
      maxLevel,
      validFrom: at,
      validUntil: validity.until === null ? null : new Date(validity.until),
    })),
  )
}

const writeRows = async (
  { tx, actor, at }: OperationContext,
  { planned }: JudgedChange,
  note: Note,
  object: OperationEvent['object'],
): Promise<void> => {
  const { ref, change } = planned
  const ended = { endedAt: at, endedBy: actor.personId }
  const end = { grants: change.grants?.end ?? [], denies: change.denies?.end ?? [] }
  if (end.grants.length > 0) await tx.orm.update(grants).set(ended).where(inArray(grants.id, end.grants))
  if (end.denies.length > 0) await tx.orm.update(denies).set(ended).where(inArray(denies.id, end.denies))
  const sources = change.sources?.end ?? []
  if (sources.length > 0)
    await tx.orm.update(sectionSources).set(ended).where(inArray(sectionSources.id, sources))
  for (const rowId of sources) note({ type: 'source.ended', before: { rowId } })
  for (const rowId of end.grants) note({ type: 'grant.ended', before: { rowId } })
  for (const rowId of end.denies) note({ type: 'deny.ended', before: { rowId } })
  const rowOf = ({ id, subjectKind, subjectId, validity }: (typeof planned.denies)[number]) => ({
    id,
    ...ref,
    subjectKind,
    subjectId,
    grantedBy: actor.personId,
    validFrom: at,
    validUntil: validity.until === null ? null : new Date(validity.until),
  })
  for (const grant of planned.grants) {
    await tx.orm.insert(grants).values({ ...rowOf(grant), level: grant.level })
    const { id: rowId, subjectKind, subjectId, level, validity } = grant
    note({
      type: 'grant.started',
      object: { ...object, targetId: subjectId },
      after: { rowId, subjectKind, level, until: validity.until },
    })
  }
  for (const deny of planned.denies) {
    await tx.orm.insert(denies).values(rowOf(deny))
    const { id: rowId, subjectKind, subjectId, validity } = deny
    note({
      type: 'deny.started',
      object: { ...object, targetId: subjectId },
      after: { rowId, subjectKind, until: validity.until },
    })
  }
}
