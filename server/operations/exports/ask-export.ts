import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import type { RecordFilter } from '@/lib/views/record'
import type { ExportFormat } from '@/lib/views/record/record-export'
import { scopeOf } from '@/server/audit/scope'
import { asked, filterOnRecord, type Loose } from '@/server/operations/record/asked'
import type { Operation } from '@/server/operations/run-operation'

interface Input {
  workspaceId: Id
  format: ExportFormat
  filter: Loose<RecordFilter>
  reason: string
}

/** Of one person at a time: each may take the database for minutes. */
const MOST_AT_ONCE = 3

/**
 * Asks: to read the record, and a stated reason. What the record's reader may see may be taken along by them: it is what auditors
 * are for (markings and `may export` are about content, of which there is none here). It is made afterwards, by `run-exports`.
 */
export const askExport: Operation<Input, null> = {
  event: 'record.export_asked',
  async run(context, { workspaceId, format, filter: given, reason }) {
    const { tx, actor, at } = context
    const scope = scopeOf(await context.authorize({ workspaceId }, { ask: 'record' }))
    const { rows } = await tx.query<{ n: number }>(
      `select count(*) as n from record_exports where asked_by = $1 and state in ('waiting', 'running')`,
      [actor.personId],
    )
    if ((rows[0]?.n ?? 0) >= MOST_AT_ONCE)
      throw new DomainError(
        'too_many',
        'Three of your exports are being made. Wait for one of them, or call it off.',
      )
    const filter = asked(given)
    // What happens from now on is not in it, however long it takes.
    const until = filter.until !== undefined && new Date(filter.until) < at ? filter.until : at.toISOString()
    const exportId = newId()
    await tx.query(
      `insert into record_exports (id, workspace_id, asked_by, org_id, session_id, format, scope, filter, reason, state, asked_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', $10)`,
      [
        exportId,
        workspaceId,
        actor.personId,
        actor.orgId,
        actor.sessionId,
        format,
        scope.kind,
        JSON.stringify({ ...filter, until }),
        reason,
        at,
      ],
    )
    context.record({
      object: { workspaceId, targetId: exportId },
      details: { format, scope: scope.kind, filter: filterOnRecord(filter), reason },
    })
    return null
  },
}
