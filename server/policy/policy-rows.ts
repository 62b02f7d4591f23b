import type { Id } from '@/lib/ids'
import type { Reader } from '@/server/db/client'
import { plainArray } from '@/server/db/plain-array'

/**
 * The people and the rows of policy behind every decision, each by one query however many are asked about. Moments travel
 * as milliseconds since the epoch, rounded down: a validity must not begin later here than it does in the table.
 */

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
  /** Where they were read together: see `readMembers`. */
  memberships?: PolicyRow[]
}

export const SUBJECT = `p.id as person_id, p.name as person_name, p.state as person_state,
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
 * `all`; `everyone`: all, for people who came with their memberships, and of group memberships only those in groups that one
 * of the rows names, or `groupIds` does; `on it`: of the workspace's own those that name the people asked about, all of the
 * document's and section's; `naming`: those that name them; `levels`: of clauses as well, which is enough for levels, and
 * for nothing else.
 */
export type RowsWanted = 'all' | 'everyone' | 'on it' | 'naming' | 'levels'

export interface RowsAbout {
  workspaceIds: Id[]
  documentIds: Id[]
  sectionIds: Id[]
  personIds: Id[]
  orgIds: Id[]
  /** For `everyone`: groups that are named elsewhere, or null for all groups. */
  groupIds: readonly Id[] | null
  wanted: RowsWanted
}

/** Rows that are in force at `at` or begin later; those that are over are not loaded. */
export const readPolicyRows = async (
  reader: Reader,
  { wanted, workspaceIds, documentIds, sectionIds, personIds, orgIds, groupIds }: RowsAbout,
  at: number,
  past = isPast(at),
): Promise<PolicyRow[]> => {
  const { rows } = await reader.query<PolicyRow>(
    POLICY_ROWS[wanted],
    [
      ...[workspaceIds, documentIds, sectionIds, personIds, orgIds].map(plainArray),
      at,
      past,
      ...(wanted === 'everyone' ? [groupIds && plainArray(groupIds)] : []),
    ],
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

export const ms = (column: string) => `floor(extract(epoch from ${column}) * 1000)::float8`
const moment = (parameter: string) => `to_timestamp(${parameter}::float8 / 1000)`
export const notOver = (at: string, past: string, row = '') =>
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
  if (isOfAll(wanted)) return `${table} where (${IN_WORKSPACE} or ${below}) and ${live}`
  if (wanted === 'on it') return `${table} where ((${IN_WORKSPACE} and ${NAMES_ME}) or ${below}) and ${live}`
  if (wanted === 'naming') return `${table} where (${IN_WORKSPACE} or ${below}) and ${live} and ${NAMES_ME}`
  return `(select * from ${table} where ${NAMES_ME} and ${live} offset 0) as mine where ${IN_WORKSPACE} or ${below}`
}

const isOfAll = (wanted: RowsWanted): boolean => wanted === 'all' || wanted === 'everyone'

/** Thousands of people are in thousands of groups, and of most of them nothing here says anything. */
const NAMED_GROUPS = `, named as materialized (
  select c.subject_id from boundary_clauses c join here on here.id = c.boundary_id where c.subject_kind = 'group'
  union select subject_id from ${naming('grants', BELOW_IT, 'all')} and subject_kind = 'group'
  union select subject_id from ${naming('denies', OR_SOURCES, 'all')} and subject_kind = 'group'
  union select unnest($8::uuid[])
)`

/** Among thousands looked up in a table of its own: the planner would weigh every element of an array, for as long as it then takes. */
const among = (people: string, wanted: RowsWanted): string =>
  isOfAll(wanted) ? `in (select unnest(${people}))` : `= any(${people})`

const memberships = (
  wanted: RowsWanted,
): string => `select 'membership', id, workspace_id, 'workspace', 'person', person_id, role, ${NOTHING}, ${VALIDITY('')}, null, null
from memberships where workspace_id = any($1::uuid[]) and person_id ${among('$4::uuid[]', wanted)} and ${LIVE('')}
union all
`

const policyRows = (wanted: RowsWanted): string => `
with ${isOfAll(wanted) ? '' : ME} sources as materialized (
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
)${wanted === 'everyone' ? NAMED_GROUPS : ''}
select 'participation' as kind, id, workspace_id as target, 'workspace' as on_kind, 'org' as subject_kind,
  org_id as subject_id, state as word, ceiling, may_export, signed_terms_version as signed, ${VALIDITY('')},
  ${NO_SOURCE}
from participations where workspace_id = any($1::uuid[]) and org_id ${among('$5::uuid[]', wanted)} and ${LIVE('')}
union all
${wanted === 'everyone' ? '' : memberships(wanted)}select 'group', m.id, m.group_id, 'workspace', 'person', m.person_id, null, ${NOTHING}, ${VALIDITY('m.')}, null, null
from group_members m join groups g on g.id = m.group_id
join people p on p.id = m.person_id and p.org_id = g.org_id
where m.person_id ${among('$4::uuid[]', wanted)} and ${LIVE('m.')}
  ${wanted === 'everyone' ? 'and ($8::uuid[] is null or m.group_id in (select subject_id from named))' : ''}
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
from break_glass where section_id = any($3::uuid[]) and person_id ${among('$4::uuid[]', wanted)} and ${LIVE('')}
union all
select 'source', id, section_id, 'section', null, document_id, document_label, section_label, null, null, ${VALIDITY('')},
  source_section_id, org_id
from sources`

const POLICY_ROWS: Record<RowsWanted, string> = {
  all: policyRows('all'),
  everyone: policyRows('everyone'),
  'on it': policyRows('on it'),
  naming: policyRows('naming'),
  levels: policyRows('levels'),
}
