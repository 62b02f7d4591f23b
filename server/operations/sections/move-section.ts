import { eq } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { sections } from '@/server/db/schema/content'
import type { Operation } from '@/server/operations/run-operation'
import { authorizeNeighbour, lockOrder, sectionObject } from '@/server/operations/sections/section-places'
import { keyAfter } from '@/server/operations/shaping/order'

/** Asks: to know of the section, and edit on its document. Order changes nobody's access. */
export const moveSection: Operation<{ sectionId: Id; afterSectionId: Id | null }, void> = {
  event: 'section.moved',
  async run(context, { sectionId, afterSectionId }) {
    const known = await context.authorize({ sectionId }, { ask: 'level', needs: 'discover' })
    const { documentId } = known
    if (documentId === null) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
    if (afterSectionId === sectionId)
      throw new DomainError('invalid', 'A section cannot come after itself. Choose another place.')
    await authorizeNeighbour(context, documentId, afterSectionId)
    await context.authorize({ documentId }, { ask: 'level', needs: 'edit' })
    const siblings = await lockOrder(context.tx, documentId)
    const position = keyAfter(siblings, afterSectionId, sectionId)
    await context.tx.orm.update(sections).set({ position }).where(eq(sections.id, sectionId))
    context.record({ object: sectionObject(known, sectionId) })
  },
}
