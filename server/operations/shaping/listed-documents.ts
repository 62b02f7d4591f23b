import type { Id } from '@/lib/ids'
import { readLabels } from '@/server/marking/labels-in-use'
import type { OperationContext } from '@/server/operations/run-operation'
import { mayDiscover } from '@/server/operations/shaping/section-view'
import { askedToEdit, type ShownDocuments, shownOf } from '@/server/operations/shaping/shown-documents'
import type { Authorized } from '@/server/policy/authorize'

/** Sections of one document that have one label, and its rank. */
interface Group {
  documentId: Id
  ids: Id[]
  rank: number
}

/**
 * The documents of a workspace that the actor may know of, as `shownDocuments` has them, each only with sections that
 * change something about its row: those by which alone it is known and, for `labels`, the highest that raise its label.
 * The many others are not looked at.
 */
export const listedDocuments = async (
  context: OperationContext,
  workspaceId: Id,
  wanted: 'labels' | 'count',
): Promise<ShownDocuments> => {
  const { documents } = await askedToEdit(context, { documentsOf: workspaceId })
  const hidden = documents.flatMap((document) => (mayDiscover(document) ? [] : (document.documentId ?? [])))
  const own = new Map(documents.map(({ documentId, facts }) => [documentId, facts.document?.label?.rank]))
  const isHidden = new Set(hidden)
  const sections: Authorized[] = []
  let groups = (await readGroups(context, workspaceId, hidden, wanted))
    .filter(({ documentId, rank }) => isHidden.has(documentId) || rank > (own.get(documentId) ?? -1))
    .sort((a, b) => b.rank - a.rank)
  for (let round = wanted === 'count' ? LAST_ROUND : 1; groups.length > 0; round++) {
    const looked = new Set(round < LAST_ROUND ? highestOf(groups) : groups)
    const found = await askedToEdit(context, {
      sectionIds: [...looked].flatMap(({ ids }) => ids),
      within: [...new Set([...looked].map(({ documentId }) => documentId))],
    })
    const known = found.sections.filter(mayDiscover)
    sections.push(...known)
    // One that is known settles its document: no lower label can change the row.
    const settled = new Set(known.map(({ documentId }) => documentId))
    groups = groups.filter((group) => !looked.has(group) && !settled.has(group.documentId))
  }
  return shownOf({ documents, sections })
}

/** In this one all that is left is looked at: most documents are settled, and a question costs more than a section. */
const LAST_ROUND = 3

/** The first of each document. */
const highestOf = (groups: readonly Group[]): Iterable<Group> => {
  const highest = new Map<Id, Group>()
  for (const group of groups) if (!highest.has(group.documentId)) highest.set(group.documentId, group)
  return highest.values()
}

/**
 * Of a document that the actor may not know of itself only sections that were given to them, or that they look at in an
 * emergency: whatever else keeps the document from them keeps its sections from them as well.
 */
const readGroups = async (
  { tx, actor }: OperationContext,
  workspaceId: Id,
  hidden: readonly Id[],
  wanted: 'labels' | 'count',
): Promise<Group[]> => {
  const { rows } = await tx.query<{ document_id: Id; label: string; ids: string }>(
    SECTIONS_THAT_MATTER,
    [workspaceId, hidden, wanted === 'labels', actor.personId],
    'sections that matter',
  )
  const labelOf = await readLabels(tx)
  return rows.map(({ document_id, label, ids }) => ({
    documentId: document_id,
    ids: ids.split(','),
    // What no set knows any more is looked at: R0 denies it, and says so.
    rank: labelOf(label)?.rank ?? Number.POSITIVE_INFINITY,
  }))
}

const SECTIONS_THAT_MATTER = `
with me as (
  select id from people where id = $4 union select org_id from people where id = $4
  union select group_id from group_members where person_id = $4 and ended_at is null
),
given as materialized (
  select section_id from grants where subject_id in (select id from me) and section_id is not null and ended_at is null
  union select section_id from break_glass where person_id = $4 and ended_at is null
)
select document_id, label, string_agg(id::text, ',') as ids from (
  select s.id, s.document_id, s.label from given join sections s on s.id = given.section_id
  where s.document_id = any($2) and s.removed_at is null
  union all
  select s.id, s.document_id, s.label from documents d join sections s on s.document_id = d.id
  where $3 and d.workspace_id = $1 and s.removed_at is null and s.label <> d.label and d.id <> all($2)
) as these
group by document_id, label`
