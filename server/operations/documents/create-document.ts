import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import { documents } from '@/server/db/schema/content'
import { firstLabel } from '@/server/marking/labels-in-use'
import { lockTree } from '@/server/operations/documents/lock-tree'
import type { Operation } from '@/server/operations/run-operation'
import { keyAfter } from '@/server/operations/shaping/order'

interface Input {
  workspaceId: Id
  title: string
  parentId?: Id | null | undefined
}

/** Asks: edit on the workspace, and on the parent when there is one. The document comes first among its siblings. */
export const createDocument: Operation<Input, { documentId: Id }> = {
  event: 'document.created',
  async run(context, { workspaceId, title, parentId = null }) {
    const { tx, actor, at } = context
    if (parentId !== null) {
      const parent = await context.authorize({ documentId: parentId }, { ask: 'level', needs: 'edit' })
      if (parent.workspaceId !== workspaceId) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
    }
    await context.authorize({ workspaceId }, { ask: 'level', needs: 'edit' })
    const siblings = await lockTree(tx, workspaceId)
    const documentId = newId()
    await tx.orm.insert(documents).values({
      id: documentId,
      workspaceId,
      ownerOrgId: actor.orgId,
      parentId,
      title,
      position: keyAfter(
        siblings.filter((sibling) => sibling.parentId === parentId),
        null,
      ),
      label: firstLabel(),
      createdAt: at,
      createdBy: actor.personId,
    })
    context.record({ object: { workspaceId, documentId }, after: { parentId, label: firstLabel() } })
    await context.changeAccess({ workspaceId, documentId })
    return { documentId }
  },
}
