import type { Id } from '@/lib/ids'
import { stars } from '@/server/db/schema/identity'
import type { Operation } from '@/server/operations/run-operation'
import { authorizeShown } from '@/server/operations/shaping/authorize-shown'

/** Asks: to know of the document. A star is the person's own: nobody else is shown it. */
export const starDocument: Operation<{ documentId: Id }, void> = {
  event: 'document.starred',
  async run(context, { documentId }) {
    const { workspaceId } = (await authorizeShown(context, documentId)).authorized
    await context.tx.orm
      .insert(stars)
      .values({ personId: context.actor.personId, documentId, at: context.at })
      .onConflictDoNothing()
    context.record({ object: { workspaceId, documentId } })
  },
}
