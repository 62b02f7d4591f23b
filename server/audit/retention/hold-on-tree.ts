import type { Id } from '@/lib/ids'
import type { Reader } from '@/server/db/client'

const OF_WORKSPACE = `and (h.subject_id = $1
  or h.subject_id in (select org_id from participations where workspace_id = $1)
  or h.subject_id in (select person_id from memberships where workspace_id = $1)
  or h.subject_id in (select p.org_id from memberships m join people p on p.id = m.person_id where m.workspace_id = $1))`

/**
 * The oldest hold that stands in the way of dropping any of a workspace's record: on it, on an organisation that ever took part, on
 * a person who ever belonged to it. Of the instance's record (null), which names everybody: any hold.
 */
export const holdOnTree = async (
  reader: Reader,
  workspaceId: Id | null,
): Promise<{ id: Id; ask: string } | null> => {
  const { rows } = await reader.query<{ id: Id; organisation: string; workspace: string | null }>(
    `select h.id, o.name as organisation, w.title as workspace from legal_holds h join organisations o on o.id = h.org_id
     left join workspaces w on w.id = h.workspace_id
     where h.lifted_at is null ${workspaceId === null ? '' : OF_WORKSPACE} order by h.placed_at, h.id limit 1`,
    workspaceId === null ? [] : [workspaceId],
  )
  const [hold] = rows
  if (hold === undefined) return null
  const ask =
    hold.workspace === null ? `an administrator of ${hold.organisation}` : `an auditor of ${hold.workspace}`
  return { id: hold.id, ask }
}
