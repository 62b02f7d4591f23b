import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { documents } from '@/server/db/schema/content'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: edit on the document. Titles are content: neither the old nor the new one enters the record. */
export const renameDocument: Operation<{ documentId: Id; title: string }, void> = {
  event: 'document.renamed',
  async run(context, { documentId, title }) {
    const { workspaceId } = await context.authorize({ documentId }, { ask: 'level', needs: 'edit' })
    await context.tx.orm.update(documents).set({ title }).where(eq(documents.id, documentId))
    context.record({ object: { workspaceId, documentId } })
  },
}
