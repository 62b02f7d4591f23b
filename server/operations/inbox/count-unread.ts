import { and, count, eq, isNull } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { Reader } from '@/server/db/client'
import { notifications } from '@/server/db/schema/told'

/** How many notices a person has not read. Tells nothing of what they are about. */
export const countUnread = async (reader: Reader, personId: Id): Promise<number> => {
  const [row] = await reader.orm
    .select({ n: count() })
    .from(notifications)
    .where(and(eq(notifications.personId, personId), isNull(notifications.readAt)))
  return row?.n ?? 0
}
