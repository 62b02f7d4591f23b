import type { Id } from '@/lib/ids'
import type { Reader } from '@/server/db/client'

export type Target =
  | { kind: 'workspace' | 'document' | 'section'; id: Id }
  /** Also everything below it: a workspace's documents and sections, a document's sections; not what is removed. */
  | { kind: 'workspace below' | 'document below' | 'documents right below'; id: Id }
  /** Also what is removed: it may come back. */
  | { kind: 'document and removed'; id: Id }
  /** Documents from anywhere, and their sections. */
  | { kind: 'documents below'; ids: readonly Id[] }
  /** Sections from anywhere, each placed where it belongs. */
  | { kind: 'sections'; ids: readonly Id[] }
  /** As a list without names; only those in some documents, if these are given. */
  | { kind: 'sections below'; ids: readonly Id[]; documentIds: readonly Id[] | null }

interface WorkspaceRow {
  workspace_id: Id
  workspace_state: 'active' | 'archived'
  minimum_strength: number
  terms_version: number
  host_name: string
}

interface DocumentRow extends WorkspaceRow {
  document_id: Id | null
  owner_org_id: Id
  owner_name: string
  archived: boolean
  document_label: string
}

interface SectionRow {
  section_id: Id | null
  originator_org_id: Id
  originator_name: string
  frozen: boolean
  removed: boolean
  section_label: string
}

export interface ObjectRow extends DocumentRow, SectionRow {}

const IN = 'join documents d on d.workspace_id = w.id'
const ONE: Record<'workspace' | 'document' | 'section' | 'sections', string> = {
  workspace: 'left join documents d on false left join sections s on false where w.id = $1',
  document: `${IN} left join sections s on false where d.id = $1`,
  section: `${IN} join sections s on s.document_id = d.id where s.id = $1`,
  sections: `${IN} join sections s on s.document_id = d.id where s.id = any($1::uuid[])`,
}

const AMONG = '(select unnest($1::uuid[]))'
/** Which documents, and which sections of them. */
const BELOW: Record<Exclude<Target['kind'], keyof typeof ONE>, { documents: string; sections: string }> = {
  'sections below': {
    documents: `${IN} where d.id in (select document_id from sections where id in ${AMONG})`,
    sections: `s.id in ${AMONG}`,
  },
  'document below': {
    documents: `${IN} where d.id = $1`,
    sections: 's.document_id = $1 and s.removed_at is null',
  },
  'document and removed': { documents: `${IN} where d.id = $1`, sections: 's.document_id = $1' },
  'documents below': {
    documents: `${IN} where d.id in ${AMONG}`,
    sections: `s.document_id in ${AMONG} and s.removed_at is null`,
  },
  'documents right below': { documents: `left ${IN} where w.id = $1`, sections: 'false and s.id = $1' },
  'workspace below': {
    documents: `left ${IN} where w.id = $1`,
    sections: 's.document_id in (select id from documents where workspace_id = $1) and s.removed_at is null',
  },
}

/**
 * In reading order. A document without sections is one row with a null section. Only a refusal names whom to ask, and lists of
 * what is below refuse nothing: they come without names.
 */
export const readObjects = async (reader: Reader, target: Target): Promise<ObjectRow[]> => {
  const values = ['ids' in target ? target.ids : target.id]
  const { kind } = target
  if (kind === 'workspace' || kind === 'document' || kind === 'section' || kind === 'sections')
    return (await reader.query<ObjectRow>(objectsOf(ONE[kind]), values, `policy objects ${kind}`)).rows
  // Two queries: thousands of sections need not bring all columns of their document each.
  const below = BELOW[kind]
  const given = 'documentIds' in target ? target.documentIds : null
  const documents = await reader.query<DocumentRow>(
    documentsOf(given === null ? below.documents : BELOW['documents below'].documents),
    given === null ? values : [given],
    `policy documents ${given === null ? kind : 'given'}`,
  )
  const sections = await reader.query<SectionRow & { document_id: Id }>(
    sectionsOf(below.sections),
    values,
    `policy sections ${kind}`,
  )
  return joined(documents.rows, sections.rows)
}

const name = (column: string) => `(select name from organisations where id = ${column})`
const NO_NAME = (): string => `''`

const WORKSPACE = (named: typeof name) =>
  `w.id as workspace_id, w.state as workspace_state, w.minimum_strength, w.terms_version,
  ${named('w.host_org_id')} as host_name`
const DOCUMENT = (named: typeof name) =>
  `d.id as document_id, d.owner_org_id, d.archived_at is not null as archived, d.label as document_label,
  ${named('d.owner_org_id')} as owner_name`
const SECTION = (named: typeof name) =>
  `s.id as section_id, s.originator_org_id, s.frozen_at is not null as frozen, s.removed_at is not null as removed,
  s.label as section_label, ${named('s.originator_org_id')} as originator_name`

const objectsOf = (which: string): string =>
  `select ${WORKSPACE(name)}, ${DOCUMENT(name)}, ${SECTION(name)} from workspaces w ${which}
   order by d.position collate "C", d.id, s.position collate "C", s.id`
const documentsOf = (which: string): string =>
  `select ${WORKSPACE(NO_NAME)}, ${DOCUMENT(NO_NAME)} from workspaces w ${which} order by d.position collate "C", d.id`
const sectionsOf = (which: string): string =>
  `select s.document_id, ${SECTION(NO_NAME)} from sections s where ${which} order by s.position collate "C", s.id`

const NO_SECTION: SectionRow = {
  section_id: null,
  originator_org_id: '',
  originator_name: '',
  frozen: false,
  removed: false,
  section_label: '',
}

/** Each document, then its sections. One that was moved elsewhere between the two queries is not there: nobody gets more by it. */
const joined = (
  documents: readonly DocumentRow[],
  sections: readonly (SectionRow & { document_id: Id })[],
): ObjectRow[] => {
  const inside = new Map<Id, (SectionRow & { document_id: Id })[]>()
  for (const section of sections) {
    const list = inside.get(section.document_id)
    if (list === undefined) inside.set(section.document_id, [section])
    else list.push(section)
  }
  return documents.flatMap((document) => [
    placed(document, NO_SECTION),
    ...(inside.get(document.document_id ?? '') ?? []).map((section) => placed(document, section)),
  ])
}

/** Column by column: spreading two rows takes ten times as long, and there are thousands. */
const placed = (document: DocumentRow, section: SectionRow): ObjectRow => ({
  workspace_id: document.workspace_id,
  workspace_state: document.workspace_state,
  minimum_strength: document.minimum_strength,
  terms_version: document.terms_version,
  host_name: document.host_name,
  document_id: document.document_id,
  owner_org_id: document.owner_org_id,
  owner_name: document.owner_name,
  archived: document.archived,
  document_label: document.document_label,
  section_id: section.section_id,
  originator_org_id: section.originator_org_id,
  originator_name: section.originator_name,
  frozen: section.frozen,
  removed: section.removed,
  section_label: section.section_label,
})
