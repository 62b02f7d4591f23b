import type { Id } from '@/lib/ids'
import type { RecordFilter } from '@/lib/views/record'
import type { ExportFormat, ExportState } from '@/lib/views/record/record-export'
import type { RecordScope } from '@/server/audit/scope'
import type { Database, Reader } from '@/server/db/client'

/** While its node says every second that it is at it, nobody else takes an export. */
const LEASE_SECONDS = 30
/** After so many nodes have died over it, it is the export that does it. */
export const MOST_ATTEMPTS = 5

export interface ExportRow {
  id: Id
  workspaceId: Id
  askedBy: Id
  orgId: Id
  sessionId: Id
  format: ExportFormat
  scope: 'whole' | 'agency'
  filter: RecordFilter
  reason: string
  state: ExportState
  askedAt: Date
  total: number | null
  done: number
  bytes: number | null
  hash: string | null
  attempts: number
  expiresAt: Date | null
}

export const EXPORT_COLUMNS = `id, workspace_id as "workspaceId", asked_by as "askedBy", org_id as "orgId",
  session_id as "sessionId", format, scope, filter, reason, state, asked_at as "askedAt", total, done, bytes, hash, attempts,
  expires_at as "expiresAt"`

export const scopeOfExport = ({ scope, orgId }: Pick<ExportRow, 'scope' | 'orgId'>): RecordScope =>
  scope === 'whole' ? { kind: 'whole' } : { kind: 'agency', orgId }

export const readExport = async (reader: Reader, exportId: Id): Promise<ExportRow | null> => {
  const { rows } = await reader.query<ExportRow>(
    `select ${EXPORT_COLUMNS} from record_exports where id = $1`,
    [exportId],
  )
  return rows[0] ?? null
}

/** The oldest one that waits, or whose node has not been heard of. Nobody else gets the same one. */
export const claimExport = async (db: Database, node: string): Promise<ExportRow | null> => {
  const { rows } = await db.write<ExportRow>(
    `update record_exports set state = 'running', node = $1, attempts = attempts + 1, done = 0,
       lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
     where id = (select id from record_exports
       where state = 'waiting' or (state = 'running' and lease_until < now())
       order by asked_at limit 1 for update skip locked)
     returning ${EXPORT_COLUMNS}`,
    [node],
    'claim an export',
  )
  return rows[0] ?? null
}

/** Says how far it is. @returns false when it was called off, or another node has taken it over: stop */
export const keepExport = async (
  db: Database,
  { id, attempts }: Pick<ExportRow, 'id' | 'attempts'>,
  done: number,
): Promise<boolean> => {
  const { rowCount } = await db.write(
    `update record_exports set done = $3, lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
     where id = $1 and attempts = $2 and state = 'running'`,
    [id, attempts, done],
    'keep an export',
  )
  return rowCount === 1
}

/** Puts one back that this node cannot go on with: it stops. The next one begins it anew. */
export const leaveExport = async (db: Database, { id, attempts }: ExportRow): Promise<void> => {
  await db.write(
    `update record_exports set state = 'waiting', attempts = attempts - 1, lease_until = null, done = 0
     where id = $1 and attempts = $2 and state = 'running'`,
    [id, attempts],
    'leave an export',
  )
}
