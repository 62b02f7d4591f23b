import { and, eq, inArray, isNull } from 'drizzle-orm'
import { type Id, newId } from '@/lib/ids'
import { documents, sections } from '@/server/db/schema/content'
import { groups, people } from '@/server/db/schema/identity'
import { boundaries, boundaryClauses, breakGlass } from '@/server/db/schema/policy'
import type { Part } from '@/server/operations/participation/either-side'
import { voidReleases } from '@/server/operations/releases/end-release'
import type { OperationContext } from '@/server/operations/run-operation'

/** `withdraw`: nobody but the organisation itself, should it come back. `freeze`: as they are, read only. */
export type OwnSections = 'withdraw' | 'freeze'

type Place = { documentId: Id } | { sectionId: Id }

/** What becomes of what an organisation originated and owns when it goes. @returns counts for the record */
export const closeOwn = async (
  context: OperationContext,
  workspace: Part['workspace'],
  orgId: Id,
  own: OwnSections,
): Promise<{ sections: number; handedOver: number }> => {
  const { tx } = context
  const owned = await tx.orm
    .select()
    .from(documents)
    .where(eq(documents.workspaceId, workspace.id))
    .for('no key update')
  const all = await tx.orm
    .select()
    .from(sections)
    .where(
      inArray(
        sections.documentId,
        owned.map(({ id }) => id),
      ),
    )
  const mine = all.filter(({ originatorOrgId }) => originatorOrgId === orgId)
  for (const { id: sectionId, documentId, frozenAt } of mine) {
    const object = { workspaceId: workspace.id, documentId, sectionId }
    await voidReleases(context, { documentId, sectionId })
    if (own === 'withdraw') await narrowToOwn(context, orgId, { sectionId }, object)
    else if (frozenAt === null) await freeze(context, sectionId, object)
  }
  if (own === 'withdraw')
    await endLooks(
      context,
      mine.map(({ id }) => id),
    )
  let handedOver = 0
  for (const { id: documentId, ownerOrgId } of owned) {
    if (ownerOrgId !== orgId) continue
    const object = { workspaceId: workspace.id, documentId }
    const onlyOwn = all.every((one) => one.documentId !== documentId || one.originatorOrgId === orgId)
    if (own === 'withdraw' && onlyOwn) {
      await voidReleases(context, { documentId, sectionId: null })
      await narrowToOwn(context, orgId, { documentId }, object)
      continue
    }
    await handOver(context, workspace, documentId, object)
    handedOver++
  }
  return { sections: mine.length, handedOver }
}

/**
 * The boundary goes on with those of its clauses that name the organisation's own: never wider than before. As long as it
 * takes no part (R4), that is nobody.
 */
const narrowToOwn = async (
  context: OperationContext,
  orgId: Id,
  place: Place,
  object: { workspaceId: Id; documentId: Id; sectionId?: Id },
): Promise<void> => {
  const { tx, actor, at } = context
  const here =
    'sectionId' in place
      ? eq(boundaries.sectionId, place.sectionId)
      : eq(boundaries.documentId, place.documentId)
  const [old] = await tx.orm
    .update(boundaries)
    .set({ endedAt: at, endedBy: actor.personId })
    .where(and(here, isNull(boundaries.endedAt)))
    .returning({ id: boundaries.id })
  const id = newId()
  await tx.orm.insert(boundaries).values({ id, ...place, grantedBy: actor.personId, validFrom: at })
  const clauses =
    old === undefined
      ? [{ subjectKind: 'org' as const, subjectId: orgId, maxLevel: 'manage' as const, validUntil: null }]
      : await ownClauses(context, orgId, old.id)
  if (clauses.length > 0)
    await tx.orm.insert(boundaryClauses).values(
      clauses.map(({ subjectKind, subjectId, maxLevel, validUntil }) => ({
        id: newId(),
        boundaryId: id,
        subjectKind,
        subjectId,
        maxLevel,
        validFrom: at,
        validUntil,
      })),
    )
  context.record({
    type: 'boundary.narrowed',
    object: { ...object, targetId: id },
    before: { boundaryId: old?.id ?? null },
    after: { boundaryId: id, clauses: clauses.length },
  })
}

const ownClauses = async ({ tx, at }: OperationContext, orgId: Id, boundaryId: Id) => {
  const rows = await tx.orm.select().from(boundaryClauses).where(eq(boundaryClauses.boundaryId, boundaryId))
  const ofOrg = async (table: typeof groups | typeof people) => {
    const ids = rows.map(({ subjectId }) => subjectId)
    const found = await tx.orm
      .select({ id: table.id })
      .from(table)
      .where(and(eq(table.orgId, orgId), inArray(table.id, ids)))
    return found.map(({ id }) => id)
  }
  const own = new Set([orgId, ...(await ofOrg(groups)), ...(await ofOrg(people))])
  return rows.filter(
    ({ subjectId, validFrom, validUntil }) =>
      own.has(subjectId) && validFrom <= at && (validUntil === null || validUntil > at),
  )
}

const freeze = async (
  context: OperationContext,
  sectionId: Id,
  object: { workspaceId: Id; documentId: Id; sectionId: Id },
): Promise<void> => {
  await context.tx.orm
    .update(sections)
    .set({ frozenAt: context.at, frozenBy: context.actor.personId })
    .where(eq(sections.id, sectionId))
  context.record({ type: 'section.frozen', object })
}

/** An emergency look passes a boundary (R5): what is withdrawn is withdrawn from it as well. */
const endLooks = async ({ tx, actor, at }: OperationContext, sectionIds: Id[]): Promise<void> => {
  if (sectionIds.length === 0) return
  await tx.orm
    .update(breakGlass)
    .set({ endedAt: at, endedBy: actor.personId })
    .where(and(inArray(breakGlass.sectionId, sectionIds), isNull(breakGlass.endedAt)))
}

/** Somebody has to look after others' sections in it. Its boundary stays as it is; so does everything inside. */
const handOver = async (
  context: OperationContext,
  workspace: Part['workspace'],
  documentId: Id,
  object: { workspaceId: Id; documentId: Id },
): Promise<void> => {
  const { hostOrgId } = workspace
  const [before] = await context.tx.orm.select().from(documents).where(eq(documents.id, documentId))
  await context.tx.orm.update(documents).set({ ownerOrgId: hostOrgId }).where(eq(documents.id, documentId))
  context.record({
    type: 'document.handed_over',
    object,
    before: { ownerOrgId: before?.ownerOrgId ?? null },
    after: { ownerOrgId: hostOrgId },
  })
}
