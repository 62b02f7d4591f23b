import { eq } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { workspaces } from '@/server/db/schema/workspace'
import type { OperationContext } from '@/server/operations/run-operation'

/**
 * Asks: to lead the host's people here, which is what it takes to bring organisations in and out. Locks the
 * workspace's row, so that two leads cannot bring in the same organisation twice.
 */
export const authorizeHost = async (context: OperationContext, workspaceId: Id) => {
  await context.authorize({ workspaceId }, { ask: 'enter' })
  const [workspace] = await context.tx.orm
    .select()
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
    .for('no key update')
  if (workspace === undefined) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
  await context.authorize({ workspaceId }, { ask: 'members', orgId: workspace.hostOrgId })
  return workspace
}
