import type { Id } from '@/lib/ids'
import type { RecordTailView } from '@/lib/views/desk'
import type { RecordFilter } from '@/lib/views/record'
import { readRecord } from '@/server/audit/read'
import { scopeOf } from '@/server/audit/scope'
import { asked, filterOnRecord, type Loose } from '@/server/operations/record/asked'
import { tailOf } from '@/server/operations/record/tail-memory'
import type { Operation } from '@/server/operations/run-operation'

/** An event that was accepted earlier may be committed later: so far back every call looks again. */
const AGAIN_MS = 10_000
const MOST_ROWS = 100

interface Input {
  workspaceId: Id
  filter: Loose<RecordFilter>
  /** What the call before answered; null at the beginning. */
  since: string | null
}

/**
 * Asks: to read the record. What came since the last call. On record when it begins, and then at most once a minute with
 * how many entries were shown: pages ask every few seconds.
 */
export const tailRecord: Operation<Input, RecordTailView> = {
  event: 'record.followed',
  async run(context, { workspaceId, filter: given, since }) {
    const scope = scopeOf(await context.authorize({ workspaceId }, { ask: 'record' }))
    const filter = asked(given)
    const from = new Date(
      (since === null ? context.at.getTime() : Date.parse(since)) - AGAIN_MS,
    ).toISOString()
    const after = filter.from !== undefined && filter.from > from ? filter.from : from
    const page = await readRecord(context.tx, {
      workspaceId,
      scope,
      filter: { ...filter, from: after },
      limit: MOST_ROWS,
    })
    const key = `${context.actor.sessionId} ${workspaceId} ${JSON.stringify(filter)}`
    const tail = tailOf(context.services, key)
    const rows = tail.show(
      page.rows.map(({ id }) => id),
      context.at,
    )
    const report = tail.reportAt(context.at)
    context.recordView(
      { object: { workspaceId }, details: { filter: filterOnRecord(filter) }, volume: { rows } },
      { filter, report },
    )
    context.tx.afterCommit(() => tail.wasReported(report))
    return { rows: page.rows, since: page.rows[0]?.at ?? since }
  },
}
