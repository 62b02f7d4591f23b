import type { Id } from '@/lib/ids'
import type { ExportFormat } from '@/lib/views/record/record-export'
import { ownExport } from '@/server/operations/exports/own-export'
import type { Operation } from '@/server/operations/run-operation'
import { missingObject } from '@/server/policy/authorize'

export interface ExportDownload {
  id: Id
  format: ExportFormat
  bytes: number
  hash: string
  askedAt: Date
}

interface Input {
  exportId: Id
  /** First byte that is asked for, of what was begun before. */
  from: number
}

/** Asks: an export of one's own, by somebody who audits this workspace still. On record before the first byte leaves. */
export const downloadExport: Operation<Input, ExportDownload> = {
  event: 'record.export_downloaded',
  async run(context, { exportId, from }) {
    const row = await ownExport(context, exportId)
    const { state, bytes, hash, expiresAt, workspaceId, format, askedAt, done } = row
    if (state !== 'done' || bytes === null || hash === null || expiresAt === null || expiresAt <= context.at)
      throw missingObject({ workspaceId: exportId })
    context.record({
      object: { workspaceId, targetId: exportId },
      details: { format, hash },
      volume: { events: done, bytes, from },
    })
    return { id: exportId, format, bytes, hash, askedAt }
  },
}
