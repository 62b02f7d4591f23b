import { and, eq, inArray } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { rollUp } from '@/lib/marking/roll-up'
import type { LabelView } from '@/lib/views/document'
import type { DocumentRowView } from '@/lib/views/workspace'
import { documents } from '@/server/db/schema/content'
import { stars, visits } from '@/server/db/schema/identity'
import { readLabels } from '@/server/marking/labels-in-use'
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
): Promise<ShownDocuments> => shownOf(await authorizeAll(context, among))

const authorizeAll = (
  { tx, actor, at }: OperationContext,
  among: Parameters<typeof authorizeEach>[2],
): Promise<Found> => authorizeEach(tx, actor, among, { ask: 'level', needs: 'edit' }, at.getTime())

/**
 * The same documents, each only with sections that change something about its row: those by which alone it is known, and, for
 * `labels`, those that would raise its label. The many others are not looked at.
 */
export const listedDocuments = async (
  context: OperationContext,
  workspaceId: Id,
  wanted: 'labels' | 'count',
): Promise<ShownDocuments> => {
  const { documents: all } = await authorizeAll(context, { documentsOf: workspaceId })
  const hidden = all.flatMap((document) => (mayDiscover(document) ? [] : (document.documentId ?? [])))
  const { rows } = await context.tx.query<{ id: Id; document_id: Id; label: string }>(
    `select s.id, s.document_id, s.label from sections s join documents d on d.id = s.document_id
     where d.workspace_id = $1 and s.removed_at is null and (s.document_id = any($2) or ($3 and s.label <> d.label))`,
    [workspaceId, hidden, wanted === 'labels'],
    'sections that matter',
  )
  const isHidden = new Set(hidden)
  const labelOf = await readLabels(context.tx)
  const ranks = new Map(rows.map(({ label }) => [label, 0]))
  // What no set knows any more is looked at: R0 denies it, and says so.
  for (const label of ranks.keys()) ranks.set(label, labelOf(label)?.rank ?? Number.POSITIVE_INFINITY)
  const own = new Map(all.map(({ documentId, facts }) => [documentId, facts.document?.label?.rank ?? -1]))
  const sectionIds = rows
    .filter(
      (row) =>
        isHidden.has(row.document_id) || (ranks.get(row.label) ?? 0) > (own.get(row.document_id) ?? -1),
    )
    .map(({ id }) => id)
  if (sectionIds.length === 0) return shownOf({ documents: all, sections: [] })
  return shownOf({ documents: all, sections: (await authorizeAll(context, { sectionIds })).sections })
}

type Found = { documents: Authorized[]; sections: Authorized[] }

const shownOf = ({ documents: all, sections }: Found): ShownDocuments => {
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
    and(eq(table.personId, actor.personId), inArray(table.documentId, ids))
  const rows = await tx.orm.select().from(documents).where(inArray(documents.id, ids))
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
