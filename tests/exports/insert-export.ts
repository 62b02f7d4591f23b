import { type Id, newId } from '@/lib/ids'
import type { Reader } from '@/server/db/client'

interface Of {
  personId: Id
  orgId: Id
  sessionId: Id
}

/** An export that somebody has asked for, past every operation. */
export const insertExport = async (
  { query }: Pick<Reader, 'query'>,
  { personId, orgId, sessionId }: Of,
  workspaceId: Id,
  more: Record<string, unknown> = {},
): Promise<Id> => {
  const row = {
    id: newId(),
    workspace_id: workspaceId,
    asked_by: personId,
    org_id: orgId,
    session_id: sessionId,
    format: 'csv',
    scope: 'agency',
    filter: '{}',
    reason: 'For the yearly audit.',
    state: 'waiting',
    asked_at: new Date(),
    ...more,
  }
  const names = Object.keys(row)
  await query(
    `insert into record_exports (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
    Object.values(row),
  )
  return row.id
}
