import { and, eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { rollUp } from '@/lib/marking/roll-up'
import type { LabelView } from '@/lib/views/document'
import type { DocumentRowView } from '@/lib/views/workspace'
import { isOneOf } from '@/server/db/plain-array'
import { documents } from '@/server/db/schema/content'
import { stars, visits } from '@/server/db/schema/identity'
import type { OperationContext } from '@/server/operations/run-operation'
import { mustGet, readAgencies } from '@/server/operations/shaping/agencies'
import { labelView, mustKnowLabel } from '@/server/operations/shaping/labels'
import { byPosition } from '@/server/operations/shaping/order'
import { mayDiscover } from '@/server/operations/shaping/section-view'
import { type Authorized, askAlso, authorizeEach } from '@/server/policy/authorize'

export type ShownDocuments = Map<Id, { document: Authorized; sections: Authorized[] }>

/**
 * The documents of a workspace, or those given, that the actor may know of, each with the sections that the actor may know
 * of. A document is known to whoever may discover it or any section in it: a guest reaches a section through its document.
 */
export const shownDocuments = async (
  context: OperationContext,
  among: { workspaceId: Id } | { documentIds: readonly Id[] },
): Promise<ShownDocuments> => shownOf(await askedToEdit(context, among))

/** What a row of a document says of what the actor may do: see `can` of `documentRows`. */
export const askedToEdit = (
  { tx, actor, at }: OperationContext,
  among: Parameters<typeof authorizeEach>[2],
): Promise<Found> => authorizeEach(tx, actor, among, { ask: 'level', needs: 'edit' }, at.getTime())

type Found = { documents: Authorized[]; sections: Authorized[] }

export const shownOf = ({ documents: all, sections }: Found): ShownDocuments => {
  const below = new Map<Id | null, Authorized[]>()
  for (const section of sections) {
    if (!mayDiscover(section)) continue
    const inside = below.get(section.documentId)
    if (inside === undefined) below.set(section.documentId, [section])
    else inside.push(section)
  }
  const shown: ShownDocuments = new Map()
  for (const document of all) {
    const inside = below.get(document.documentId) ?? []
    if (document.documentId !== null && (mayDiscover(document) || inside.length > 0))
      shown.set(document.documentId, { document, sections: inside })
  }
  return shown
}

/** Rows for a tree in reading order. A parent that is not shown is as if it were not there. */
export const documentRows = async (
  { tx, actor }: OperationContext,
  shown: ShownDocuments,
): Promise<DocumentRowView[]> => {
  const ids = [...shown.keys()]
  if (ids.length === 0) return []
  const mine = <Table extends typeof stars | typeof visits>(table: Table) =>
    and(eq(table.personId, actor.personId), isOneOf(table.documentId, ids))
  const rows = await tx.orm.select().from(documents).where(isOneOf(documents.id, ids))
  const starred = new Set(
    (await tx.orm.select().from(stars).where(mine(stars))).map(({ documentId }) => documentId),
  )
  const visited = new Map(
    (await tx.orm.select().from(visits).where(mine(visits))).map((row) => [row.documentId, row.at]),
  )
  const agencies = await readAgencies(
    tx,
    rows.map((row) => row.ownerOrgId),
  )
  return rows.sort(byPosition).map((row) => {
    const { document, sections } = mustGet(shown, row.id)
    const edits = document.decision.allowed
    const labels = sections.flatMap(({ facts }) => facts.section?.label ?? [])
    return {
      id: row.id,
      title: row.title,
      parentId: row.parentId !== null && shown.has(row.parentId) ? row.parentId : null,
      owner: mustGet(agencies, row.ownerOrgId),
      label: labelView(rollUp<LabelView>(mustKnowLabel(row.label), labels)),
      starred: starred.has(row.id),
      archived: row.archivedAt !== null,
      template: row.isTemplate,
      visitedAt: visited.get(row.id)?.toISOString() ?? null,
      can: {
        rename: edits,
        archive: askAlso(document, { ask: 'govern' }).allowed,
        createBelow: edits,
      },
    }
  })
}

/** What the viewer is shown of documents, for `recordView`: ids and levels, never titles. */
export const fingerprintOf = (shown: ShownDocuments) =>
  [...shown].map(([id, { document, sections }]) => [
    id,
    document.decision.level,
    sections.map((section) => [section.sectionId, section.decision.level]),
  ])
