import type { Id } from '@/lib/ids'
import type { Reader } from '@/server/db/client'
import type { Actor } from '@/server/identity/actor'

/** What an id names, for somebody who takes part where it lies. */
export interface AskedObject {
  workspaceId: Id
  documentId: Id
  sectionId: Id | null
  originatorOrgId: Id
}

/**
 * A section or document in a workspace in which the asker has a membership and their organisation takes part, now; null
 * for every other id. One query, whatever the id is: its answer reaches nobody but the originator's stewards.
 */
export const askedObject = async (
  reader: Reader,
  actor: Pick<Actor, 'personId' | 'orgId'>,
  askedFor: Id,
  at: Date,
): Promise<AskedObject | null> => {
  const { rows } = await reader.query<AskedObject>(
    `select d.workspace_id as "workspaceId", d.id as "documentId", s.id as "sectionId",
       coalesce(s.originator_org_id, d.owner_org_id) as "originatorOrgId"
     from documents d left join sections s on s.document_id = d.id and s.id = $1
     join workspaces w on w.id = d.workspace_id and w.state = 'active'
     where d.id = coalesce((select document_id from sections where id = $1), $1) and s.removed_at is null
       and exists (select 1 from memberships m where m.workspace_id = d.workspace_id and m.person_id = $2
         and m.role <> 'auditor' and m.ended_at is null and m.valid_from <= $4
         and (m.valid_until is null or m.valid_until > $4))
       and exists (select 1 from participations t where t.workspace_id = d.workspace_id and t.org_id = $3
         and t.state = 'active' and t.ended_at is null and t.valid_from <= $4
         and (t.valid_until is null or t.valid_until > $4))`,
    [askedFor, actor.personId, actor.orgId, at],
  )
  return rows[0] ?? null
}
