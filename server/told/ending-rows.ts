import type { Id } from '@/lib/ids'
import type { SubjectKind } from '@/lib/policy/vocabulary'
import type { EndingKind } from '@/lib/views/asks/ending'
import type { Reader } from '@/server/db/client'

/** Something in force that ends by itself. */
export interface EndingRow {
  kind: EndingKind
  row_id: Id
  /** Null for a place in a group: groups belong to no workspace. */
  workspace_id: Id | null
  document_id: Id | null
  section_id: Id | null
  subject_kind: SubjectKind
  subject_id: Id
  /** Whose people lose (of a block: gain) by the end. */
  subject_org_id: Id
  /** Who may give it again: the person's own organisation, the workspace's host, the originator. */
  giver_org_id: Id
  /** Of a place in a group: the group. */
  group_id: Id | null
  /** A role or a level; null where there is none. */
  word: string | null
  valid_from: Date
  valid_until: Date
}

const FIELDS = 'row_id, workspace_id, document_id, section_id, subject_kind, subject_id, subject_org_id,'
const REST = 'giver_org_id, group_id, word, valid_from, valid_until'

const LIVE = (row: string) =>
  `${row}.valid_from <= $1 and ${row}.valid_until > $1 and ${row}.valid_until <= $2`
const OPEN = (row: string) => `${row}.ended_at is null and ${LIVE(row)}`
const SUBJECT_ORG = (row: string) => `case ${row}.subject_kind when 'org' then ${row}.subject_id
  when 'person' then (select org_id from people where id = ${row}.subject_id)
  else (select org_id from groups where id = ${row}.subject_id) end`
/** A section that is removed gives nobody anything. */
const PLACED = (document: string, section: string, workspace: string) => `
  left join sections s on s.id = ${section} left join documents d on d.id = coalesce(${document}, s.document_id)
  join workspaces w on w.id = coalesce(${workspace}, d.workspace_id) and w.state = 'active'`
const GIVER = 'coalesce(s.originator_org_id, d.owner_org_id, w.host_org_id)'
const NAMING = (kind: 'grant' | 'deny', table: string, word: string) => `
  select '${kind}', r.id, w.id, d.id, r.section_id, r.subject_kind, r.subject_id, ${SUBJECT_ORG('r')}, ${GIVER},
    null::uuid, ${word}, r.valid_from, r.valid_until
  from ${table} r ${PLACED('r.document_id', 'r.section_id', 'r.workspace_id')}
  where ${OPEN('r')} and s.removed_at is null`

const ENDINGS = `
  select 'membership' as kind, m.id as row_id, m.workspace_id, null::uuid as document_id, null::uuid as section_id,
    'person' as subject_kind, m.person_id as subject_id, p.org_id as subject_org_id, p.org_id as giver_org_id,
    null::uuid as group_id, m.role as word, m.valid_from, m.valid_until
  from memberships m join people p on p.id = m.person_id and p.state = 'active'
  join workspaces w on w.id = m.workspace_id and w.state = 'active' where ${OPEN('m')}
  union all
  select 'participation', t.id, t.workspace_id, null, null, 'org', t.org_id, t.org_id, w.host_org_id, null, t.ceiling,
    t.valid_from, t.valid_until
  from participations t join workspaces w on w.id = t.workspace_id and w.state = 'active' where ${OPEN('t')}
  union all ${NAMING('grant', 'grants', 'r.level')}
  union all ${NAMING('deny', 'denies', 'null')}
  union all
  select 'clause', c.id, w.id, d.id, b.section_id, c.subject_kind, c.subject_id, ${SUBJECT_ORG('c')}, ${GIVER}, null,
    c.max_level, c.valid_from, c.valid_until
  from boundary_clauses c join boundaries b on b.id = c.boundary_id and b.ended_at is null and b.valid_from <= $1
    and (b.valid_until is null or b.valid_until > $1)
  ${PLACED('b.document_id', 'b.section_id', 'null::uuid')}
  where ${LIVE('c')} and s.removed_at is null
  union all
  select 'group', m.id, null, null, null, 'person', m.person_id, g.org_id, g.org_id, g.id, null, m.valid_from,
    m.valid_until
  from group_members m join groups g on g.id = m.group_id
  join people p on p.id = m.person_id and p.state = 'active' where ${OPEN('m')}`

/** So many at a time: the rest in the chore's next round. */
const MOST = 200

/**
 * What is to be announced now: it ends within a week (or a day), was given for longer than that, and has not been
 * announced so. Soonest first.
 */
export const readUnannounced = async (
  reader: Reader,
  at: Date,
): Promise<{ rows: (EndingRow & { days: number })[]; more: boolean }> => {
  const week = new Date(at.getTime() + 7 * 86_400_000)
  const { rows } = await reader.query<EndingRow & { days: number }>(
    `select * from (
       select kind, ${FIELDS} ${REST}, case when valid_until <= $1::timestamptz + interval '1 day' then 1 else 7 end as days
       from (${ENDINGS}) e
     ) due
     where valid_until - valid_from > days * interval '1 day'
       and not exists (select 1 from end_announcements a where a.row_id = due.row_id and a.days = due.days)
     order by valid_until, row_id limit ${MOST}`,
    [at, week],
  )
  return { rows, more: rows.length === MOST }
}

/** What ends in a workspace by `before`, and places in groups of one organisation. Soonest first, at most 200. */
export const readEndings = async (
  reader: Reader,
  about: { workspaceId: Id; groupsOfOrg: Id; at: Date; before: Date },
): Promise<EndingRow[]> => {
  const { rows } = await reader.query<EndingRow>(
    `select kind, ${FIELDS} ${REST} from (${ENDINGS}) e
     where workspace_id = $3 or (kind = 'group' and subject_org_id = $4 and subject_id in (
       select person_id from memberships where workspace_id = $3 and ended_at is null))
     order by valid_until, row_id limit ${MOST}`,
    [about.at, about.before, about.workspaceId, about.groupsOfOrg],
  )
  return rows
}
