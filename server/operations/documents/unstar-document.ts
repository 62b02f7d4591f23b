import { and, eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { stars } from '@/server/db/schema/identity'
import type { Operation } from '@/server/operations/run-operation'
import { authorizeShown } from '@/server/operations/shaping/authorize-shown'

/** Asks: to know of the document. */
export const unstarDocument: Operation<{ documentId: Id }, void> = {
  event: 'document.unstarred',
  async run(context, { documentId }) {
    const { workspaceId } = (await authorizeShown(context, documentId)).authorized
    await context.tx.orm
      .delete(stars)
      .where(and(eq(stars.personId, context.actor.personId), eq(stars.documentId, documentId)))
    context.record({ object: { workspaceId, documentId } })
  },
}
