import { NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { scopeOf } from '@/server/audit/scope'
import { type ExportRow, readExport } from '@/server/exports/export-rows'
import type { OperationContext } from '@/server/operations/run-operation'
import { missingObject, NO_ID, Refusal } from '@/server/policy/authorize'

/**
 * An export of one's own, by somebody who audits this workspace still, with the same scope or more. To everybody else, and for
 * what was never there, it is the same nothing.
 * @throws Refusal `hidden`
 */
export const ownExport = async (context: OperationContext, exportId: Id): Promise<ExportRow> => {
  const { personId, orgId } = context.actor
  const row = await readExport(context.tx, exportId)
  // Asked also where there is none: what is not there takes as long as what is not one's own.
  const workspaceId = row?.workspaceId ?? NO_ID
  const authorized = await context.authorize({ workspaceId }, { ask: 'record' }).catch((error: unknown) => {
    if (!(error instanceof Refusal) || error.code === 'signed_out') throw error
    if (row === null) throw missingObject({ workspaceId: exportId })
    throw new Refusal('hidden', NOT_FOUND_FOR_PEOPLE, error.decision, error.object)
  })
  const covered = row?.scope === 'agency' || scopeOf(authorized).kind === 'whole'
  if (row !== null && row.askedBy === personId && row.orgId === orgId && covered) return row
  throw missingObject({ workspaceId: exportId })
}
