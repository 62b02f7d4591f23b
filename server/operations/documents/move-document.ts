import { eq } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { documents } from '@/server/db/schema/content'
import { lockTree } from '@/server/operations/documents/lock-tree'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { authorizeShown } from '@/server/operations/shaping/authorize-shown'
import { keyAfter } from '@/server/operations/shaping/order'

interface Input {
  documentId: Id
  parentId: Id | null
  afterDocumentId: Id | null
}

/** Asks: edit on the document, and on where it goes. Order and place change nobody's access. */
export const moveDocument: Operation<Input, void> = {
  event: 'document.moved',
  async run(context, { documentId, parentId, afterDocumentId }) {
    const { tx } = context
    const workspaceId = await authorizeMove(context, { documentId, parentId, afterDocumentId })
    const all = await lockTree(tx, workspaceId)
    const parentOf = new Map(all.map((document) => [document.id, document.parentId]))
    for (let above = parentId; above !== null; above = parentOf.get(above) ?? null) {
      if (above === documentId)
        throw new DomainError('invalid', 'A document cannot lie below itself. Choose another place.')
    }
    const siblings = all.filter((document) => document.parentId === parentId)
    const position = keyAfter(siblings, afterDocumentId, documentId)
    await tx.orm.update(documents).set({ parentId, position }).where(eq(documents.id, documentId))
    context.record({
      object: { workspaceId, documentId },
      before: { parentId: parentOf.get(documentId) ?? null },
      after: { parentId },
    })
  },
}

/** Every id of the input is asked for before anything is said about any of them. */
const authorizeMove = async (context: OperationContext, input: Input): Promise<Id> => {
  const edit = { ask: 'level', needs: 'edit' } as const
  const places: Id[] = []
  if (input.afterDocumentId !== null)
    places.push((await authorizeShown(context, input.afterDocumentId)).authorized.workspaceId)
  if (input.parentId !== null)
    places.push((await context.authorize({ documentId: input.parentId }, edit)).workspaceId)
  const { workspaceId } = await context.authorize({ documentId: input.documentId }, edit)
  if (places.some((place) => place !== workspaceId)) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
  if (input.parentId === null) await context.authorize({ workspaceId }, edit)
  return workspaceId
}
