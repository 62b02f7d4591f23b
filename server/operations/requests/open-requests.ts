import { sql } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { RequestState } from '@/lib/views/asks/request'
import type { Reader } from '@/server/db/client'
import { accessRequests, releases } from '@/server/db/schema/consent'

export type RequestRow = typeof accessRequests.$inferSelect

/** A request that nobody has answered after so many days lapses. */
export const LAPSES_AFTER_DAYS = 30

/** Pending, or approved and waiting for the second key of its release. */
export const isOpenSql = sql<boolean>`(${accessRequests.state} = 'pending' or (${accessRequests.state} = 'approved'
  and exists (select 1 from ${releases} r where r.id = ${accessRequests.releaseId} and r.state = 'pending')))`

/** Of the releases that requests wait for. */
export const releaseStates = async (
  reader: Reader,
  rows: readonly RequestRow[],
): Promise<Map<Id, string>> => {
  const ids = rows.flatMap(({ releaseId }) => releaseId ?? [])
  if (ids.length === 0) return new Map()
  const { rows: found } = await reader.query<{ id: Id; state: string }>(
    'select id, state from releases where id = any($1::uuid[])',
    [ids],
  )
  return new Map(found.map(({ id, state }) => [id, state]))
}

/** The state as people see it: an approval is not one before its release is complete. */
export const stateOf = (row: RequestRow, releaseState: string | undefined): RequestState => {
  if (row.state !== 'approved' || row.releaseId === null || releaseState === 'completed') return row.state
  if (releaseState === 'pending') return 'waiting'
  // The clock's work will say so in a moment: declined with it, or open again.
  return releaseState === 'declined' ? 'declined' : 'pending'
}
