import type { Id } from '@/lib/ids'
import type { Services } from '@/server/services'

const POLL_MS = 1_000

/**
 * Notices by all transactions that were not over at the last look, as changes of access are found: one that commits late is
 * so never missed. Whichever node wrote them.
 */
const POLL = `
select pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
  coalesce((select json_agg(json_build_object('id', id, 'personId', person_id))
    from notifications where tx >= $1::xid8 and person_id = any($2::uuid[])), '[]') as notices`

interface Answer {
  horizon: string
  notices: { id: Id; personId: Id }[]
}

/** Asks once a second, and only while somebody listens, whether any of them was told something. */
export const watchNotices = (
  { db, log }: Pick<Services, 'db' | 'log'>,
  ears: { wanted(): ReadonlySet<Id>; onNotices(personIds: ReadonlySet<Id>): Promise<void> },
): { stop(): Promise<void> } => {
  let horizon: string | null = null
  let seen = new Set<Id>()
  let failing = false
  let under: Promise<void> = Promise.resolve()
  let busy = false

  const look = async (): Promise<void> => {
    const wanted = ears.wanted()
    if (wanted.size === 0) {
      // Whoever comes is told the number first; only what is written after counts.
      horizon = null
      return
    }
    const { rows } = await db.query<Answer>(POLL, [horizon ?? '18446744073709551615', [...wanted]])
    const [row] = rows
    if (row === undefined) return
    const first = horizon === null
    horizon = row.horizon
    const news = row.notices.filter(({ id }) => !seen.has(id))
    seen = new Set(row.notices.map(({ id }) => id))
    // Between the number that somebody was told first and this look there may have been something.
    if (first) await ears.onNotices(wanted)
    else if (news.length > 0) await ears.onNotices(new Set(news.map(({ personId }) => personId)))
    failing = false
  }
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    under = look()
      .catch((error: unknown) => {
        if (!failing) log.warn({ err: error }, 'what people are told could not be looked up')
        failing = true
      })
      .finally(() => {
        busy = false
      })
  }, POLL_MS)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await under
    },
  }
}
