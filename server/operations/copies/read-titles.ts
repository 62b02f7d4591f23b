import { inArray } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { Tx } from '@/server/db/client'
import { sections } from '@/server/db/schema/content'

/** Titles of sections that the actor may discover. */
export const readTitles = async ({ orm }: Pick<Tx, 'orm'>, ids: Id[]): Promise<Map<Id, string>> => {
  const rows = await orm
    .select({ id: sections.id, title: sections.title })
    .from(sections)
    .where(inArray(sections.id, ids))
  return new Map(rows.map(({ id, title }) => [id, title]))
}
