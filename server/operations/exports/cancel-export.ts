import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { ownExport } from '@/server/operations/exports/own-export'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: an export of one's own, by somebody who still audits. Whoever makes it stops within a second and deletes what there is. */
export const cancelExport: Operation<{ exportId: Id }, null> = {
  event: 'record.export_cancelled',
  async run(context, { exportId }) {
    const row = await ownExport(context, exportId)
    const { rowCount } = await context.tx.query(
      `update record_exports set state = 'cancelled', lease_until = null, finished_at = $2
       where id = $1 and state in ('waiting', 'running')`,
      [exportId, context.at],
    )
    if (rowCount !== 1) throw new DomainError('conflict', 'This export is over already. Nothing was changed.')
    context.record({
      object: { workspaceId: row.workspaceId, targetId: exportId },
      details: { format: row.format },
      volume: { events: row.done },
    })
    return null
  },
}
