import type { Id } from '@/lib/ids'
import type { Level, Role, SubjectKind } from '@/lib/policy/vocabulary'
import type { ReviewDecision } from '@/lib/views/asks/review'
import type { Reader } from '@/server/db/client'

/** An item with the row that it asks about. */
export interface ItemRow {
  id: Id
  kind: 'membership' | 'grant'
  row_id: Id
  org_id: Id
  decision: ReviewDecision | null
  decided_by: Id | null
  decided_at: Date | null
  note: string | null
  subject_kind: SubjectKind
  subject_id: Id
  subject_org_id: Id
  word: Role | Level
  document_id: Id | null
  section_id: Id | null
  title: string | null
  valid_from: Date
  valid_until: Date | null
  ended_at: Date | null
}

/** More than anyone answers by hand; what is beyond is in the record. */
const MOST = 5_000

/** What is open first, then by agency and name. */
export const readItems = async (reader: Reader, reviewId: Id, only?: readonly Id[]): Promise<ItemRow[]> => {
  const { rows } = await reader.query<ItemRow>(
    `select i.id, i.kind, i.row_id, i.org_id, i.decision, i.decided_by, i.decided_at, i.note,
       coalesce(g.subject_kind, 'person') as subject_kind, coalesce(g.subject_id, m.person_id) as subject_id,
       coalesce(p.org_id, t.org_id, o.id) as subject_org_id, coalesce(g.level, m.role) as word,
       d.id as document_id, g.section_id, coalesce(s.title, d.title) as title,
       coalesce(g.valid_from, m.valid_from) as valid_from, coalesce(g.valid_until, m.valid_until) as valid_until,
       coalesce(g.ended_at, m.ended_at) as ended_at
     from review_items i
     left join memberships m on i.kind = 'membership' and m.id = i.row_id
     left join grants g on i.kind = 'grant' and g.id = i.row_id
     left join people p on p.id = coalesce(m.person_id, case when g.subject_kind = 'person' then g.subject_id end)
     left join groups t on g.subject_kind = 'group' and t.id = g.subject_id
     left join organisations o on g.subject_kind = 'org' and o.id = g.subject_id
     left join sections s on s.id = g.section_id
     left join documents d on d.id = coalesce(g.document_id, s.document_id)
     where i.review_id = $1 and ($2::uuid[] is null or i.id = any($2::uuid[]))
     order by i.decision is not null, (select name from organisations where id = i.org_id), i.kind desc,
       coalesce(p.name, t.name, o.name), i.id
     limit ${MOST}`,
    [reviewId, only ?? null],
  )
  return rows
}

/** Every membership and every grant of a workspace that is not over, or one organisation's. @returns how many */
export const insertItems = async (
  reader: Reader,
  about: { reviewId: Id; workspaceId: Id; orgId: Id | null; at: Date },
): Promise<number> => {
  const { rows } = await reader.query(
    `insert into review_items (id, review_id, kind, row_id, org_id)
     select gen_random_uuid(), $1, kind, row_id, org_id from (
       select 'membership' as kind, m.id as row_id, p.org_id
       from memberships m join people p on p.id = m.person_id
       where m.workspace_id = $2 and m.ended_at is null and (m.valid_until is null or m.valid_until > $4)
       union all
       select 'grant', g.id, coalesce(s.originator_org_id, d.owner_org_id, w.host_org_id)
       from grants g left join sections s on s.id = g.section_id
       left join documents d on d.id = coalesce(g.document_id, s.document_id)
       join workspaces w on w.id = coalesce(g.workspace_id, d.workspace_id)
       where w.id = $2 and g.ended_at is null and (g.valid_until is null or g.valid_until > $4)
         and s.removed_at is null
     ) everything where $3::uuid is null or org_id = $3 returning id`,
    [about.reviewId, about.workspaceId, about.orgId, about.at],
  )
  return rows.length
}

/** Still in force, or beginning later. */
export const isLive = ({ ended_at, valid_until }: ItemRow, at: Date): boolean =>
  ended_at === null && (valid_until === null || valid_until > at)
