import type { Id } from '@/lib/ids'
import type { Facts, SubjectFacts } from '@/lib/policy/facts'
import type { Reader } from '@/server/db/client'
import { readLabels } from '@/server/marking/labels-in-use'
import { assembler, type LoadedObject, subjectFacts } from '@/server/policy/assemble-facts'
import { indexNaming, indexRows } from '@/server/policy/index-rows'
import { type ObjectRow, readObjects, type Target } from '@/server/policy/object-rows'
import {
  isPast,
  type PolicyRow,
  type RowsWanted,
  readPolicyRows,
  type SubjectRow,
} from '@/server/policy/policy-rows'

export interface LoadedFacts {
  /** The workspace, then its documents, then their sections, as far as the target reaches. */
  objects: LoadedObject[]
  subjects: { row: SubjectRow; facts: SubjectFacts }[]
  factsOf(subject: SubjectFacts, object: LoadedObject): Facts
  /** When this object's boundaries themselves begin or end next; the facts hold only those in force. */
  boundaryChangesAt(object: LoadedObject): number | null
}

/**
 * The one loader of facts: two queries here (of lists three), one for who is asking. `subjectsIn` is given the workspace,
 * because a person is judged by the workspace's own demands.
 * @param past whether `at` is asked about as it was: rows that have ended since then count as in force
 * @param everyRow also rows that name nobody who is asked about: for questions about somebody who might be
 * @param groupIds of many people only memberships in groups that some row here names, or this does; undefined: in all
 * @returns no objects when there is none; after as many queries, so that missing and hidden take the same time
 */
export const loadFacts = async (
  reader: Reader,
  target: Target,
  at: number,
  subjectsIn: (object: ObjectRow | null) => Promise<{ row: SubjectRow; session: SubjectFacts['session'] }[]>,
  past = isPast(at),
  everyRow = false,
  groupIds?: readonly Id[],
): Promise<LoadedFacts> => {
  const objectRows = await readObjects(reader, target)
  const first = objectRows[0] ?? null
  const who = await subjectsIn(first)
  const theirs = membershipsOf(who)
  const ids = (pick: (row: ObjectRow) => Id | null) => [
    ...new Set(objectRows.map(pick).filter((id): id is Id => id !== null)),
  ]
  const rows = await readPolicyRows(
    reader,
    {
      workspaceIds: first === null ? ('id' in target ? [target.id] : []) : ids((row) => row.workspace_id),
      documentIds: ids((row) => row.document_id),
      sectionIds: ids((row) => row.section_id),
      personIds: who.map(({ row }) => row.person_id),
      orgIds: [...new Set(who.map(({ row }) => row.org_id))],
      groupIds: groupIds ?? null,
      wanted: theirs !== null ? 'everyone' : everyRow ? 'all' : rowsWanted(target, who.length),
    },
    at,
    past,
  )
  const index = indexRows([...rows, ...(theirs ?? [])])
  const labels = await readLabels(reader)
  return {
    objects: objectsOf(objectRows, target),
    subjects: who.map(({ row, session }) => ({ row, facts: subjectFacts(row, session, index) })),
    factsOf: assembler(at, past, index, labels, who.length === 1 ? null : indexNaming(rows)),
    boundaryChangesAt: ({ documentId, sectionId }) => {
      let next: number | null = null
      const consider = (moment: number | null) => {
        if (moment !== null && moment > at && (next === null || moment < next)) next = moment
      }
      const look = (id: Id | null) => {
        for (const row of index.on('boundary', id)) {
          consider(row.valid_from)
          consider(row.valid_until)
        }
      }
      look(documentId)
      look(sectionId)
      for (const row of index.on('source', sectionId)) {
        look(row.subject_id)
        look(row.source_section_id)
      }
      return next
    },
  }
}

/** From so many people on it costs more to leave out rows that name none of them than to load them. */
const MANY = 50

/** Members come with their memberships: where there are many, those are not loaded again. Null: load them. */
const membershipsOf = (who: readonly { row: SubjectRow }[]): PolicyRow[] | null =>
  who.length >= MANY && who.every(({ row }) => row.memberships !== undefined)
    ? who.flatMap(({ row }) => row.memberships ?? [])
    : null

const rowsWanted = ({ kind }: Target, people: number): RowsWanted => {
  if (people >= MANY) return 'all'
  if (kind.endsWith('below') && kind !== 'document below') return 'levels'
  return kind === 'document below' || kind === 'sections' ? 'naming' : 'on it'
}

const objectsOf = (rows: readonly ObjectRow[], target: Target): LoadedObject[] => {
  const objects = new Map<Id, LoadedObject>()
  const put = (id: Id, object: LoadedObject) => {
    if (!objects.has(id)) objects.set(id, object)
  }
  for (const row of rows) {
    const workspaceId = row.workspace_id
    if (target.kind.startsWith('workspace')) {
      put(workspaceId, placed(row, workspaceId, null, null, row.host_name))
    }
    if (row.document_id !== null && !target.kind.startsWith('section')) {
      put(row.document_id, placed(row, workspaceId, row.document_id, null, row.owner_name))
    }
    if (row.section_id !== null) {
      put(row.section_id, placed(row, workspaceId, row.document_id, row.section_id, row.originator_name))
    }
  }
  return [...objects.values()]
}

const placed = (
  row: ObjectRow,
  workspaceId: Id,
  documentId: Id | null,
  sectionId: Id | null,
  originator: string,
): LoadedObject => ({
  workspaceId,
  documentId,
  sectionId,
  originator,
  row,
  removed: sectionId !== null && row.removed,
})
