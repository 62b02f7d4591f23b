import type { Id } from '@/lib/ids'
import type { OperationContext } from '@/server/operations/run-operation'

/**
 * Every commit of edits in the workspace waits until COMMIT, then asks again who may write: what is read now is all there
 * is. After the locks on documents and sections, as the clocks come last everywhere.
 */
export const holdEdits = async ({ tx }: OperationContext, workspaceId: Id): Promise<void> => {
  const key = `workspace:${workspaceId}`
  await tx.query('insert into access_clocks (key) values ($1) on conflict do nothing', [key])
  await tx.query('select key from access_clocks where key = $1 for update', [key])
}
