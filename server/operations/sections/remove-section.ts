import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { sections } from '@/server/db/schema/content'
import type { Operation } from '@/server/operations/run-operation'
import { sectionObject } from '@/server/operations/sections/section-places'

/** Asks: rule over the section. It is gone for everyone at once; its text and history stay until it is restored. */
export const removeSection: Operation<{ sectionId: Id }, void> = {
  event: 'section.removed',
  async run(context, { sectionId }) {
    const authorized = await context.authorize({ sectionId }, { ask: 'govern' })
    await context.tx.orm
      .update(sections)
      .set({ removedAt: context.at, removedBy: context.actor.personId })
      .where(eq(sections.id, sectionId))
    const object = sectionObject(authorized, sectionId)
    context.record({ object })
    await context.changeAccess(object)
  },
}
