import type { Services } from '@/server/services'
import { placesOf, type Stream } from '@/server/streams/stream-rows'

export interface Lag {
  /** Events that stand in a tree and that the receiver does not have. */
  events: number
  /** Since the oldest of them was made. */
  seconds: number
}

/**
 * How far the receiver is behind, noted for the page. Raises the alarm once when it is too far, and takes it back once it has
 * come nearer than half of that: both on record.
 * @param before what was noted last by this process
 */
export const watchLag = async (
  services: Services,
  stream: Stream,
  problem: string | null,
  before: Lag | null,
): Promise<Lag> => {
  const { db, recorder } = services
  const { config, orgId } = stream
  const places = await placesOf(db, stream)
  const events = places.reduce((sum, { next, size }) => sum + size - next, 0)
  // Nothing to note, as most of the time.
  if (events === 0 && before?.events === 0) return before
  const { rows } = await db.query<{ at: Date | null }>(
    `select min(i.at) as at from unnest($1::text[], $2::int8[]) as t (tree, index)
     join audit_log l on l.tree = t.tree and l.index = t.index join audit_inbox i on i.id = l.event_id`,
    [places.map(({ tree }) => tree), places.map(({ next }) => next)],
    'oldest of a stream',
  )
  const oldest = rows[0]?.at ?? null
  const seconds = oldest === null ? 0 : Math.max(0, (services.now().getTime() - oldest.getTime()) / 1_000)
  const share = Math.max(events / config.alarm.events, seconds / (config.alarm.minutes * 60))
  await db.transaction(async (tx) => {
    const { rows: noted } = await tx.query<{ alarm_since: Date | null }>(
      'select alarm_since from record_streams where name = $1 and node = $2 for update',
      [config.name, services.node],
    )
    const [row] = noted
    if (row === undefined) return
    const alarmed = row.alarm_since !== null
    const alarm = share >= 1 || (alarmed && share >= 0.5)
    await tx.query(
      `update record_streams set behind = $2, oldest_at = $3, problem = coalesce($4, problem),
         alarm_since = case when $5 then coalesce(alarm_since, $6) end where name = $1`,
      [config.name, events, oldest, problem, alarm, services.now()],
    )
    if (alarm === alarmed) return
    recorder.append(tx, {
      type: alarm ? 'stream.behind' : 'stream.caught_up',
      outcome: 'allowed',
      actor: { personId: null, orgId: null, sessionId: null },
      object: orgId === null ? {} : { targetId: orgId },
      details: { stream: config.name, ...(problem === null ? {} : { problem }) },
      volume: { events, seconds: Math.round(seconds) },
    })
  })
  return { events, seconds }
}
