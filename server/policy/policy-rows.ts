import type { Id } from '@/lib/ids'
import type { Reader } from '@/server/db/client'

/**
 * The three queries behind every decision, however many people and objects are asked about. Moments travel as
 * milliseconds since the epoch, rounded down: a validity must not begin later here than it does in the table.
 */

export type Target =
  | { kind: 'workspace' | 'document' | 'section'; id: Id }
  /** Also everything below it: a workspace's documents and sections, a document's sections; not what is removed. */
  | { kind: 'workspace below' | 'document below' | 'documents right below'; id: Id }
  /** Also what is removed: it may come back. */
  | { kind: 'document and removed'; id: Id }
  /** Documents from anywhere, and their sections. */
  | { kind: 'documents below'; ids: readonly Id[] }
  /** Sections from anywhere, each placed where it belongs; as a list without names. */
  | { kind: 'sections' | 'sections below'; ids: readonly Id[] }

export interface ObjectRow {
  workspace_id: Id
  workspace_state: 'active' | 'archived'
  minimum_strength: number
  terms_version: number
  host_name: string
  document_id: Id | null
  owner_org_id: Id
  owner_name: string
  archived: boolean
  document_label: string
  section_id: Id | null
  originator_org_id: Id
  originator_name: string
  frozen: boolean
  removed: boolean
  section_label: string
}

const IN = 'join documents d on d.workspace_id = w.id'
const WITH = `${IN} left join sections s on s.document_id = d.id`
const SECTIONS = `${IN} join sections s on s.document_id = d.id where s.id = any($1::uuid[])`

const BELOW: Record<Target['kind'], string> = {
  workspace: 'left join documents d on false left join sections s on false where w.id = $1',
  document: `${IN} left join sections s on false where d.id = $1`,
  section: `${IN} join sections s on s.document_id = d.id where s.id = $1`,
  sections: SECTIONS,
  'sections below': SECTIONS,
  'document below': `${WITH} and s.removed_at is null where d.id = $1`,
  'document and removed': `${WITH} where d.id = $1`,
  'documents below': `${WITH} and s.removed_at is null where d.id = any($1::uuid[])`,
  'documents right below': `${IN} left join sections s on false where w.id = $1`,
  'workspace below': `left ${WITH} and s.removed_at is null where w.id = $1`,
}

/** In reading order. A document without sections is one row with a null section. Lists come without names. */
export const readObjects = async (reader: Reader, target: Target): Promise<ObjectRow[]> => {
  // Only a refusal names whom to ask, and lists of what is below refuse nothing.
  const isList = target.kind.endsWith('below')
  const name = (column: string) => (isList ? `''` : `(select name from organisations where id = ${column})`)
  const { rows } = await reader.query<ObjectRow>(
    `select w.id as workspace_id, w.state as workspace_state, w.minimum_strength, w.terms_version,
       ${name('w.host_org_id')} as host_name,
       d.id as document_id, d.owner_org_id, d.archived_at is not null as archived, d.label as document_label,
       ${name('d.owner_org_id')} as owner_name,
       s.id as section_id, s.originator_org_id, s.frozen_at is not null as frozen,
       s.removed_at is not null as removed, s.label as section_label,
       ${name('s.originator_org_id')} as originator_name
     from workspaces w ${BELOW[target.kind]}
     order by d.position collate "C", d.id, s.position collate "C", s.id`,
    ['ids' in target ? target.ids : target.id],
    `policy objects ${target.kind}`,
  )
  return rows
}

export interface SubjectRow {
  person_id: Id
  person_name: string
  person_state: 'active' | 'suspended'
  org_id: Id
  org_name: string
  org_state: 'active' | 'suspended'
  strength: number | null
  ended_at: number | null
  seen_at: number | null
  expires_at: number | null
}

const SUBJECT = `p.id as person_id, p.name as person_name, p.state as person_state,
  o.id as org_id, o.name as org_name, o.state as org_state`

export interface Asker {
  personId: Id
  sessionId: Id
}

/** The people as the database has them now, each with the session that is said to be theirs (nulls if it is not). */
export const readSubjects = async (
  reader: Reader,
  askers: readonly Asker[],
): Promise<(SubjectRow & { session_id: Id })[]> => {
  const { rows } = await reader.query<SubjectRow & { session_id: Id }>(
    `select ${SUBJECT}, asked.session_id, x.strength, ${ms('x.ended_at')} as ended_at,
       ${ms('x.last_seen_at')} as seen_at, ${ms('x.expires_at')} as expires_at
     from unnest($1::uuid[], $2::uuid[]) as asked (person_id, session_id)
     join people p on p.id = asked.person_id join organisations o on o.id = p.org_id
     left join sessions x on x.person_id = p.id and x.id = asked.session_id`,
    [askers.map((asker) => asker.personId), askers.map((asker) => asker.sessionId)],
    'policy subjects',
  )
  return rows
}

/**
 * Everyone with a membership in force at `at`, by organisation and name. Sessions are not looked at.
 * @param later also those whose membership begins after `at`
 */
export const readMembers = async (
  reader: Reader,
  workspaceId: Id,
  at: number,
  later = false,
  past = isPast(at),
): Promise<SubjectRow[]> => {
  const { rows } = await reader.query<SubjectRow>(
    `select ${SUBJECT}, null::int as strength, null::float8 as ended_at, null::float8 as seen_at,
       null::float8 as expires_at
     from people p join organisations o on o.id = p.org_id
     where p.id in (
       select person_id from memberships
       where workspace_id = $1 and ($4::boolean or valid_from <= ${moment('$2')}) and ${notOver('$2', '$3')})
     order by o.name, p.name, p.id`,
    [workspaceId, at, past, later],
  )
  return rows
}

export interface PolicyRow {
  kind:
    | 'participation'
    | 'membership'
    | 'group'
    | 'boundary'
    | 'clause'
    | 'grant'
    | 'deny'
    | 'break_glass'
    | 'source'
  id: Id
  /** What it hangs on: a workspace, document, section; of a clause its boundary, of a group membership the group. */
  target: Id
  on_kind: 'workspace' | 'document' | 'section'
  subject_kind: 'org' | 'group' | 'person'
  /** Whom it is about; of a source its document. */
  subject_id: Id
  /** A participation's state, a membership's role, a clause's or grant's level; of a source its document's label. */
  word: string
  /** Of a source its section's label. */
  ceiling: string
  may_export: boolean
  signed: number
  valid_from: number
  valid_until: number | null
  /** Null for a source that is a document alone. */
  source_section_id: Id | null
  /** Who originated the source section, or owns the source document. */
  source_org_id: Id
}

/**
 * Which grants, denies and clauses are loaded: there may be tens of thousands, and no rule looks at one that names others.
 * `all`; `on it`: of the workspace's own those that name the people asked about, all of the document's and section's;
 * `naming`: those that name them; `levels`: of clauses as well, which is enough for levels, and for nothing else.
 */
export type RowsWanted = 'all' | 'on it' | 'naming' | 'levels'

export interface RowsAbout {
  workspaceIds: Id[]
  documentIds: Id[]
  sectionIds: Id[]
  personIds: Id[]
  orgIds: Id[]
  wanted: RowsWanted
}

/** Rows that are in force at `at` or begin later; those that are over are not loaded. */
export const readPolicyRows = async (
  reader: Reader,
  { wanted, workspaceIds, documentIds, sectionIds, personIds, orgIds }: RowsAbout,
  at: number,
  past = isPast(at),
): Promise<PolicyRow[]> => {
  const { rows } = await reader.query<PolicyRow>(
    POLICY_ROWS[wanted],
    [workspaceIds, documentIds, sectionIds, personIds, orgIds, at, past],
    `policy rows ${wanted}`,
  )
  return rows
}

/**
 * Rows are only ever ended now. So in a question about the present an ended row is over, whatever the clocks of two
 * nodes say: a clock that runs behind must not let anything through after a revoking commit. A question about a
 * moment more than a minute ago is about the past, and compares.
 */
export const isPast = (at: number): boolean => at < Date.now() - 60_000

const ms = (column: string) => `floor(extract(epoch from ${column}) * 1000)::float8`
const moment = (parameter: string) => `to_timestamp(${parameter}::float8 / 1000)`
const notOver = (at: string, past: string, row = '') =>
  `(${row}valid_until is null or ${row}valid_until > ${moment(at)})
   and (${row}ended_at is null or (${past}::boolean and ${row}ended_at > ${moment(at)}))`

const LIVE = (row: string) => notOver('$6', '$7', row)
const VALIDITY = (row: string) =>
  `${ms(`${row}valid_from`)} as valid_from, ${ms(`least(${row}valid_until, ${row}ended_at)`)} as valid_until`
const IN_WORKSPACE = 'workspace_id = any($1::uuid[])'
const BELOW_IT = 'document_id = any($2::uuid[]) or section_id = any($3::uuid[])'
/** Arrays, once for the query, so that indexes serve for what is asked about and for its sources alike. */
const OR_SOURCES = `document_id = any($2::uuid[] || array(select document_id from sources))
  or section_id = any($3::uuid[] || array(select source_section_id from sources))`
const ON = `case when workspace_id is not null then 'workspace' when document_id is not null then 'document'
  else 'section' end`
const TARGET = 'coalesce(workspace_id, document_id, section_id)'
const NO_SOURCE = 'null::uuid as source_section_id, null::uuid as source_org_id'
const NOTHING = 'null::text as ceiling, null::boolean as may_export, null::int as signed'

/** Everything that a row can name to mean one of the people who are asked about. */
const ME = `me as materialized (
  select unnest($4::uuid[]) as id union select unnest($5::uuid[])
  union select m.group_id from group_members m where m.person_id = any($4::uuid[]) and ${LIVE('m.')}
),`
const NAMES_ME = 'subject_id in (select id from me)'

/** Grants or denies. Found by what they hang on; of very many objects by whom they name, who are few. */
const naming = (table: 'grants' | 'denies', below: string, wanted: RowsWanted): string => {
  const live = LIVE('')
  if (wanted === 'all') return `${table} where (${IN_WORKSPACE} or ${below}) and ${live}`
  if (wanted === 'on it') return `${table} where ((${IN_WORKSPACE} and ${NAMES_ME}) or ${below}) and ${live}`
  if (wanted === 'naming') return `${table} where (${IN_WORKSPACE} or ${below}) and ${live} and ${NAMES_ME}`
  return `(select * from ${table} where ${NAMES_ME} and ${live} offset 0) as mine where ${IN_WORKSPACE} or ${below}`
}

const policyRows = (wanted: RowsWanted): string => `
with ${wanted === 'all' ? '' : ME} sources as materialized (
  select f.id, f.section_id, f.source_section_id, d.id as document_id, d.label as document_label,
    s.label as section_label, coalesce(s.originator_org_id, d.owner_org_id) as org_id,
    f.valid_from, f.valid_until, f.ended_at
  from section_sources f
  left join sections s on s.id = f.source_section_id
  join documents d on d.id = coalesce(s.document_id, f.source_document_id)
  where f.section_id = any($3::uuid[]) and ${LIVE('f.')}
),
here as (
  select * from boundaries b where (${OR_SOURCES}) and ${LIVE('b.')}
)
select 'participation' as kind, id, workspace_id as target, 'workspace' as on_kind, 'org' as subject_kind,
  org_id as subject_id, state as word, ceiling, may_export, signed_terms_version as signed, ${VALIDITY('')},
  ${NO_SOURCE}
from participations where workspace_id = any($1::uuid[]) and org_id = any($5::uuid[]) and ${LIVE('')}
union all
select 'membership', id, workspace_id, 'workspace', 'person', person_id, role, ${NOTHING}, ${VALIDITY('')}, null, null
from memberships where workspace_id = any($1::uuid[]) and person_id = any($4::uuid[]) and ${LIVE('')}
union all
select 'group', m.id, m.group_id, 'workspace', 'person', m.person_id, null, ${NOTHING}, ${VALIDITY('m.')}, null, null
from group_members m join groups g on g.id = m.group_id
join people p on p.id = m.person_id and p.org_id = g.org_id
where m.person_id = any($4::uuid[]) and ${LIVE('m.')}
union all
select 'boundary', id, coalesce(document_id, section_id), case when document_id is null then 'section' else 'document' end,
  null, null, null, ${NOTHING}, ${VALIDITY('')}, null, null
from here
union all
select 'clause', c.id, c.boundary_id, null, c.subject_kind, c.subject_id, c.max_level, ${NOTHING},
  ${ms('c.valid_from')}, ${ms('c.valid_until')}, null, null
from boundary_clauses c join here on here.id = c.boundary_id
where (c.valid_until is null or c.valid_until > ${moment('$6')}) ${wanted === 'levels' ? `and c.${NAMES_ME}` : ''}
union all
select 'grant', id, ${TARGET}, ${ON}, subject_kind, subject_id, level, ${NOTHING}, ${VALIDITY('')}, null, null
from ${naming('grants', BELOW_IT, wanted)}
union all
select 'deny', id, ${TARGET}, ${ON}, subject_kind, subject_id, null, ${NOTHING}, ${VALIDITY('')}, null, null
from ${naming('denies', OR_SOURCES, wanted)}
union all
select 'break_glass', id, section_id, 'section', 'person', person_id, null, ${NOTHING}, ${VALIDITY('')}, null, null
from break_glass where section_id = any($3::uuid[]) and person_id = any($4::uuid[]) and ${LIVE('')}
union all
select 'source', id, section_id, 'section', null, document_id, document_label, section_label, null, null, ${VALIDITY('')},
  source_section_id, org_id
from sources`

const POLICY_ROWS: Record<RowsWanted, string> = {
  all: policyRows('all'),
  'on it': policyRows('on it'),
  naming: policyRows('naming'),
  levels: policyRows('levels'),
}
