import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { sections } from '@/server/db/schema/content'
import type { Operation } from '@/server/operations/run-operation'
import { sectionObject } from '@/server/operations/sections/section-places'

/**
 * Asks: rule over the section. After a backup was restored, tabs that were open all the time hold text under the
 * clientIDs of several people, which the gate refuses as forged. For so many minutes whoever may edit may bring it back,
 * under their own name on record: authorship of what is brought back rests on their word.
 */
export const openReseed: Operation<{ sectionId: Id; minutes: number }, { until: string }> = {
  event: 'section.reseed_opened',
  async run(context, { sectionId, minutes }) {
    const authorized = await context.authorize({ sectionId }, { ask: 'govern' })
    const until = new Date(context.at.getTime() + minutes * 60_000)
    await context.tx.orm
      .update(sections)
      .set({ reseedUntil: until, reseedBy: context.actor.personId })
      .where(eq(sections.id, sectionId))
    const object = sectionObject(authorized, sectionId)
    context.record({ object, details: { until: until.toISOString() } })
    await context.changeAccess(object)
    return { until: until.toISOString() }
  },
}
