import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { documents } from '@/server/db/schema/content'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: rule over the document. Nobody loses sight of it; nobody can change it until it is restored. */
export const archiveDocument: Operation<{ documentId: Id }, void> = {
  event: 'document.archived',
  async run(context, { documentId }) {
    const { workspaceId } = await context.authorize({ documentId }, { ask: 'govern' })
    await context.tx.orm.update(documents).set({ archivedAt: context.at }).where(eq(documents.id, documentId))
    context.record({ object: { workspaceId, documentId } })
    await context.changeAccess({ workspaceId, documentId })
  },
}
