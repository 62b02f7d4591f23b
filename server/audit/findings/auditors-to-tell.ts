import type { Id } from '@/lib/ids'
import type { Tx } from '@/server/db/client'

interface About {
  workspaceId: Id
  orgId: Id | null
  documentId: Id | null
  sectionId: Id | null
}

/**
 * Active auditors of a workspace whose part of the record a finding lies in: of an audit office, of the person's own
 * organisation, of the document's owner or the section's originator. As `scopeOf` has it.
 */
export const auditorsToTell = async (tx: Tx, about: About, at: Date): Promise<Id[]> => {
  const { rows } = await tx.query<{ id: Id }>(
    `select distinct p.id from memberships m join people p on p.id = m.person_id
     join participations pa on pa.workspace_id = m.workspace_id and pa.org_id = p.org_id
     where m.workspace_id = $1 and m.role = 'auditor' and p.state = 'active'
       and m.valid_from <= $5 and m.ended_at is null and (m.valid_until is null or m.valid_until > $5)
       and pa.valid_from <= $5 and pa.ended_at is null and (pa.valid_until is null or pa.valid_until > $5)
       and (pa.ceiling in ('none', 'discover') or p.org_id = $2
         or p.org_id = (select owner_org_id from documents where id = $3)
         or p.org_id = (select originator_org_id from sections where id = $4))`,
    [about.workspaceId, about.orgId, about.documentId, about.sectionId, at],
  )
  return rows.map(({ id }) => id)
}
