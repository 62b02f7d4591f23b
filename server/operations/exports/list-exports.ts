import type { Id } from '@/lib/ids'
import type { ExportsView, ExportView, StreamView } from '@/lib/views/record/record-export'
import { scopeOf } from '@/server/audit/scope'
import type { Reader } from '@/server/db/client'
import { EXPORT_COLUMNS, type ExportRow } from '@/server/exports/export-rows'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: to read the record. One's own exports of it, and how the streams of one's own organisation do. */
export const listExports: Operation<{ workspaceId: Id }, ExportsView> = {
  event: 'record.export_listed',
  async run(context, { workspaceId }) {
    const scope = scopeOf(await context.authorize({ workspaceId }, { ask: 'record' }))
    const { personId, orgId } = context.actor
    const { rows } = await context.tx.query<ExportRow>(
      `select ${EXPORT_COLUMNS} from record_exports where asked_by = $1 and workspace_id = $2 and org_id = $3
       order by asked_at desc, id desc limit 50`,
      [personId, workspaceId, orgId],
    )
    const streams = await readStreamViews(context.tx, orgId, scope.kind === 'whole')
    // How far it is changes every second, and is no other look.
    context.recordView({ object: { workspaceId } }, [rows.map(({ id, state }) => [id, state])])
    return { scope: scope.kind, exports: rows.map(viewOf), streams }
  },
}

const viewOf = ({
  id,
  format,
  filter,
  reason,
  state,
  askedAt,
  done,
  total,
  bytes,
  hash,
  expiresAt,
}: ExportRow): ExportView => ({
  id,
  format,
  filter,
  reason,
  state,
  askedAt: askedAt.toISOString(),
  done,
  total,
  bytes,
  hash,
  expiresAt: expiresAt?.toISOString() ?? null,
})

/** The instance's own are for those who see all of a record. */
const readStreamViews = async (reader: Reader, orgId: Id, whole: boolean): Promise<StreamView[]> => {
  const { rows } = await reader.query<{
    name: string
    kind: StreamView['kind']
    org_id: Id | null
    behind: number
    oldest_at: Date | null
    alarm_since: Date | null
    sent_at: Date | null
    problem: string | null
  }>(
    `select name, kind, org_id, behind, oldest_at, alarm_since, sent_at, problem from record_streams
     where ended_at is null and (org_id = $1 or (org_id is null and $2)) order by name`,
    [orgId, whole],
  )
  return rows.map(({ name, kind, org_id, behind, oldest_at, alarm_since, sent_at, problem }) => ({
    name,
    kind,
    ofInstance: org_id === null,
    behind,
    oldestAt: oldest_at?.toISOString() ?? null,
    alarmSince: alarm_since?.toISOString() ?? null,
    sentAt: sent_at?.toISOString() ?? null,
    problem,
  }))
}
