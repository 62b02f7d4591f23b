import type { Id } from '@/lib/ids'
import type { Reader } from '@/server/db/client'

/**
 * SQL's first guess at what a person may discover, for lists over many documents. It may name too much, never too
 * little (held by a test on random worlds), and decides nothing: whoever lists asks `authorize` about every row.
 * Only conditions that stay true for every rule's answer stand here; marking, sign-in and terms are left to `decide`.
 */
export interface Candidate {
  workspaceId: Id
  documentId: Id
  /** Null: the document itself. */
  sectionId: Id | null
}

/** @param at milliseconds since the epoch; within the present (rows that have ended are over) */
export const listCandidates = async (
  reader: Reader,
  personId: Id,
  within: { workspaceId?: Id; documentId?: Id } = {},
  at = Date.now(),
): Promise<Candidate[]> => {
  const { rows } = await reader.query<{ workspace_id: Id; document_id: Id; section_id: Id | null }>(
    CANDIDATES,
    [personId, at, within.workspaceId ?? null, within.documentId ?? null],
  )
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    documentId: row.document_id,
    sectionId: row.section_id,
  }))
}

const NOW = '(select at from moment)'
const inForce = (row: string) =>
  `${row}.ended_at is null and ${row}.valid_from <= ${NOW} and (${row}.valid_until is null or ${row}.valid_until > ${NOW})`
const namesMe = (row: string) => `${row}.subject_id in (select id from me)`
/** No boundary in force on the object, or one with a clause in force that names me. */
const withinBoundary = (column: string, id: string) => `not exists (
  select 1 from boundaries b where b.${column} = ${id} and ${inForce('b')}
    and not exists (select 1 from boundary_clauses c where c.boundary_id = b.id and ${namesMe('c')}
      and c.max_level <> 'none' and c.valid_from <= ${NOW} and (c.valid_until is null or c.valid_until > ${NOW})))`
const denied = (column: string, id: string) =>
  `exists (select 1 from denies n where n.${column} = ${id} and ${namesMe('n')} and ${inForce('n')})`

// Times are compared in whole milliseconds, rounded down, as `decide` has them.
const CANDIDATES = `
with moment as (select to_timestamp(($2::float8 + 0.999) / 1000) as at),
me as (
  select p.id from people p where p.id = $1
  union select p.org_id from people p where p.id = $1
  union select m.group_id from group_members m where m.person_id = $1 and ${inForce('m')}
),
mine as (
  select m.workspace_id from memberships m
  join people p on p.id = m.person_id and p.state = 'active'
  join organisations o on o.id = p.org_id and o.state = 'active'
  join participations t on t.workspace_id = m.workspace_id and t.org_id = p.org_id
    and t.state = 'active' and t.ceiling <> 'none' and ${inForce('t')}
  where m.person_id = $1 and m.role <> 'auditor' and ${inForce('m')}
    and ($3::uuid is null or m.workspace_id = $3) and not ${denied('workspace_id', 'm.workspace_id')}
),
shown as (
  select d.id, d.workspace_id from documents d
  where d.workspace_id in (select workspace_id from mine) and ($4::uuid is null or d.id = $4)
    and not ${denied('document_id', 'd.id')} and ${withinBoundary('document_id', 'd.id')}
)
select workspace_id, id as document_id, null::uuid as section_id from shown
union all
select d.workspace_id, d.id, s.id from shown d join sections s on s.document_id = d.id and s.removed_at is null
where not ${denied('section_id', 's.id')} and ${withinBoundary('section_id', 's.id')}`
