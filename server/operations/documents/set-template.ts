import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { documents } from '@/server/db/schema/content'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: rule over the document. A template is offered where a document is made; nothing else changes. */
export const setTemplate: Operation<{ documentId: Id; isTemplate: boolean }, void> = {
  event: 'document.template_set',
  async run(context, { documentId, isTemplate }) {
    const { workspaceId } = await context.authorize({ documentId }, { ask: 'govern' })
    await context.tx.orm.update(documents).set({ isTemplate }).where(eq(documents.id, documentId))
    context.record({
      type: isTemplate ? 'document.template_set' : 'document.template_ended',
      object: { workspaceId, documentId },
    })
  },
}
