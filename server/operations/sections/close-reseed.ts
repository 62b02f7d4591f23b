import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { sections } from '@/server/db/schema/content'
import type { Operation } from '@/server/operations/run-operation'
import { sectionObject } from '@/server/operations/sections/section-places'

/** Asks: rule over the section. From the commit on, nobody brings back what was written under other people's clientIDs. */
export const closeReseed: Operation<{ sectionId: Id }, void> = {
  event: 'section.reseed_closed',
  async run(context, { sectionId }) {
    const authorized = await context.authorize({ sectionId }, { ask: 'govern' })
    await context.tx.orm
      .update(sections)
      .set({ reseedUntil: null, reseedBy: null })
      .where(eq(sections.id, sectionId))
    const object = sectionObject(authorized, sectionId)
    context.record({ object })
    await context.changeAccess(object)
  },
}
