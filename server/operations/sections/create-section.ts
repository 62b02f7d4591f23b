import { eq } from 'drizzle-orm'
import { type Id, newId } from '@/lib/ids'
import { documents, sections } from '@/server/db/schema/content'
import type { Operation } from '@/server/operations/run-operation'
import { authorizeNeighbour, lockOrder } from '@/server/operations/sections/section-places'
import { keyAfter } from '@/server/operations/shaping/order'

interface Input {
  documentId: Id
  title: string
  afterSectionId: Id | null
}

/**
 * Asks: edit on the document. The creator's organisation is the originator and rules over the section from then on;
 * it starts with the document's label and boundary.
 */
export const createSection: Operation<Input, { sectionId: Id }> = {
  event: 'section.created',
  async run(context, { documentId, title, afterSectionId }) {
    const { tx, actor, at } = context
    await authorizeNeighbour(context, documentId, afterSectionId)
    const { workspaceId } = await context.authorize({ documentId }, { ask: 'level', needs: 'edit' })
    const siblings = await lockOrder(tx, documentId)
    const [document] = await tx.orm
      .select({ label: documents.label })
      .from(documents)
      .where(eq(documents.id, documentId))
    if (document === undefined) throw new Error(`document ${documentId} is gone`)
    const sectionId = newId()
    await tx.orm.insert(sections).values({
      id: sectionId,
      documentId,
      originatorOrgId: actor.orgId,
      title,
      position: keyAfter(siblings, afterSectionId),
      label: document.label,
      createdAt: at,
      createdBy: actor.personId,
    })
    context.record({
      object: { workspaceId, documentId, sectionId },
      after: { originator: actor.orgId, label: document.label },
    })
    await context.changeAccess({ workspaceId, documentId, sectionId })
    return { sectionId }
  },
}
