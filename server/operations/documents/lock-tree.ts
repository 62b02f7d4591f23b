import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { Tx } from '@/server/db/client'
import { documents } from '@/server/db/schema/content'
import { workspaces } from '@/server/db/schema/workspace'

/**
 * One change of a workspace's tree at a time: two moves at once could else make a ring, or share a place. Does not
 * hold up edits, which only refer to the workspace.
 * @returns every document's place, also of those the actor cannot see: never to be shown.
 */
export const lockTree = async (tx: Tx, workspaceId: Id) => {
  await tx.orm
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
    .for('no key update')
  return tx.orm
    .select({ id: documents.id, parentId: documents.parentId, position: documents.position })
    .from(documents)
    .where(eq(documents.workspaceId, workspaceId))
}
