import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { sections } from '@/server/db/schema/content'
import { assertOneWorkspace } from '@/server/operations/copies/assert-one-workspace'
import { linkToFormer } from '@/server/operations/copies/link-to-former'
import { writeBoundary } from '@/server/operations/copies/write-boundary'
import { voidReleases } from '@/server/operations/releases/end-release'
import type { Operation } from '@/server/operations/run-operation'
import { lockOrder } from '@/server/operations/sections/section-places'
import { keyLast } from '@/server/operations/shaping/order'

interface Input {
  sectionId: Id
  documentId: Id
}

/**
 * Asks: rule over the section as its originator's lead or steward, and edit on the document that it goes to, where it
 * comes last. It keeps its id, history and text; what the document it leaves allows goes on holding for it, and for what was
 * copied from it there.
 */
export const transferSection: Operation<Input, { formerDocumentId: Id }> = {
  event: 'section.transferred',
  async run(context, { sectionId, documentId }) {
    const { tx, actor } = context
    const target = await context.authorize({ documentId }, { ask: 'level', needs: 'edit' })
    const moved = await context.authorize({ sectionId }, { ask: 'govern' })
    assertOneWorkspace(target, moved)
    const { section, document, membership } = moved.facts
    const former = moved.documentId
    if (section === null || document === null || former === null)
      throw new Error(`section ${sectionId} was authorized without its document`)
    if (
      section.originatorOrgId !== actor.orgId ||
      (membership?.role !== 'lead' && membership?.role !== 'steward')
    )
      throw new DomainError('denied', 'Only a lead or steward of the agency whose section it is can move it.')
    if (former === documentId)
      throw new DomainError('invalid', 'It lies in that document already. Choose another one.')
    const places = new Map<Id, Awaited<ReturnType<typeof lockOrder>>>()
    for (const id of [former, documentId].sort()) places.set(id, await lockOrder(tx, id))
    await tx.query('select id from sections where id = $1 for update', [sectionId])
    await voidReleases(context, moved)
    await linkToFormer(context, sectionId, { from: former, to: documentId })
    if (section.label.named !== null && section.boundary === null && document.boundary !== null)
      await writeBoundary(context, { sectionId }, document.boundary)
    await tx.orm
      .update(sections)
      .set({ documentId, position: keyLast(places.get(documentId) ?? []) })
      .where(eq(sections.id, sectionId))
    const { workspaceId } = moved
    context.record({
      object: { workspaceId, documentId, sectionId },
      before: { documentId: former },
      after: { documentId },
    })
    // Sockets still know it in the document it leaves.
    await context.changeAccess({ workspaceId, sectionId })
    return { formerDocumentId: former }
  },
}
