import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { sections } from '@/server/db/schema/content'
import type { Operation } from '@/server/operations/run-operation'
import { sectionObject } from '@/server/operations/sections/section-places'

/** Asks: rule over the section. It comes back in its place, with the boundary and marking that it had. */
export const restoreSection: Operation<{ sectionId: Id }, void> = {
  event: 'section.restored',
  async run(context, { sectionId }) {
    const authorized = await context.authorize({ sectionId }, { ask: 'govern' })
    await context.tx.orm
      .update(sections)
      .set({ removedAt: null, removedBy: null })
      .where(eq(sections.id, sectionId))
    const object = sectionObject(authorized, sectionId)
    context.record({ object })
    await context.changeAccess(object)
  },
}
