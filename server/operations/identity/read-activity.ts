import { desc, eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { Reader } from '@/server/db/client'
import { people, sessions } from '@/server/db/schema/identity'

export interface Activity {
  lastSeenAt: Date
  strength: number
}

/** The session of each person of one organisation that was used last: for its administrators and leads alone. */
export const readActivity = async (reader: Reader, orgId: Id): Promise<Map<Id, Activity>> => {
  const rows = await reader.orm
    .selectDistinctOn([sessions.personId], {
      personId: sessions.personId,
      lastSeenAt: sessions.lastSeenAt,
      strength: sessions.strength,
    })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .where(eq(people.orgId, orgId))
    .orderBy(sessions.personId, desc(sessions.lastSeenAt))
  return new Map(rows.map(({ personId, ...activity }) => [personId, activity]))
}
