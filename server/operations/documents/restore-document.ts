import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { documents } from '@/server/db/schema/content'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: rule over the document. It can be changed again, as far as boundaries and roles allow. */
export const restoreDocument: Operation<{ documentId: Id }, void> = {
  event: 'document.restored',
  async run(context, { documentId }) {
    const { workspaceId } = await context.authorize({ documentId }, { ask: 'govern' })
    await context.tx.orm.update(documents).set({ archivedAt: null }).where(eq(documents.id, documentId))
    context.record({ object: { workspaceId, documentId } })
    await context.changeAccess({ workspaceId, documentId })
  },
}
