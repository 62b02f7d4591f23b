import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { sections } from '@/server/db/schema/content'
import type { Operation } from '@/server/operations/run-operation'
import { sectionObject } from '@/server/operations/sections/section-places'

/** Asks: edit on the section. Titles are content: neither the old nor the new one enters the record. */
export const renameSection: Operation<{ sectionId: Id; title: string }, void> = {
  event: 'section.renamed',
  async run(context, { sectionId, title }) {
    const authorized = await context.authorize({ sectionId }, { ask: 'level', needs: 'edit' })
    await context.tx.orm.update(sections).set({ title }).where(eq(sections.id, sectionId))
    context.record({ object: sectionObject(authorized, sectionId) })
  },
}
