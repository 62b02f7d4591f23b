import type { Database } from '@/server/db/client'
import { tidyEmbedded } from '@/server/db/tidy-embedded'
import type { Services } from '@/server/services'

const BATCH = 1_000
const IDLE_MS = 500
const AFTER_FAILURE_MS = 5_000
/** A backlog is counted up to here; beyond it the figure only says "very many". */
const COUNTED = 100_000
/** The embedded database never cleans up by itself: done at the start and after this many events. */
const TIDY_EVERY = 10_000
/** One sequencer at a time in a database, whatever the number of nodes. */
const LOCK = 6_013_428

/**
 * One statement moves a batch from the work list into the trees: order of events, leaf hash (RFC 6962: SHA-256 of 0x00 and
 * the canonical text), head. Within a batch events stand in the order in which they were made; an event of a slow
 * transaction comes in a later batch, so a tree's order is the order of sequencing, not strictly of time.
 */
const MOVE = `
with batch as (
  select p.event_id, p.tree, sha256('\\x00'::bytea || convert_to(i.canonical, 'UTF8')) as leaf_hash
  from (select event_id, tree from audit_pending order by event_id limit ${BATCH}) p
  join audit_inbox i on i.id = p.event_id
), numbered as (
  select b.tree, b.event_id, b.leaf_hash,
    coalesce(h.size, 0) + row_number() over (partition by b.tree order by b.event_id) - 1 as index
  from batch b left join audit_heads h on h.tree = b.tree
), logged as (
  insert into audit_log (tree, index, event_id, leaf_hash) select tree, index, event_id, leaf_hash from numbered
), heads as (
  insert into audit_heads (tree, size, at) select tree, max(index) + 1, now() from numbered group by tree
  on conflict (tree) do update set size = excluded.size, at = excluded.at
), gone as (
  delete from audit_pending where event_id in (select event_id from batch)
)
select count(*) as moved from batch`

/** Moves one batch. @returns how many; 0 also when another node is at it. */
export async function sequenceBatch(db: Database): Promise<number> {
  return db.transaction(async (tx) => {
    const { rows: lock } = await tx.query('select pg_try_advisory_xact_lock($1) as mine', [LOCK])
    if (!lock[0]?.mine) return 0
    const { rows } = await tx.query<{ moved: number }>(MOVE)
    return rows[0]?.moved ?? 0
  })
}

export interface Sequencer {
  /** Lets the batch in hand finish. What is left waits in the database for the next start. */
  stop(): Promise<void>
  /** Accepted events that stood in no tree when last counted (counted up to 100 000). */
  backlog(): number
}

/** Puts accepted events into the order of their trees, in the background. A failure is logged and tried again. */
export function startSequencer({ db, log }: Pick<Services, 'db' | 'log'>): Sequencer {
  let backlog = 0
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let untilTidy = 0

  const round = async (): Promise<number> => {
    try {
      if (db.kind === 'embedded' && untilTidy <= 0) {
        untilTidy = TIDY_EVERY
        await tidyEmbedded(db)
      }
      backlog = await countPending(db)
      if (backlog === 0) return IDLE_MS
      const moved = await sequenceBatch(db)
      // Another node may have moved some as well: the next round counts again.
      backlog = Math.max(0, backlog - moved)
      untilTidy -= moved
      return backlog > 0 && moved > 0 ? 0 : IDLE_MS
    } catch (error) {
      log.error({ err: error }, 'events could not be put into the order of the record')
      return AFTER_FAILURE_MS
    }
  }
  let running: Promise<void> = Promise.resolve()
  const schedule = (after: number) => {
    if (stopped) return
    timer = setTimeout(() => {
      running = round().then(schedule)
    }, after)
  }
  schedule(0)
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
    backlog: () => backlog,
  }
}

async function countPending(db: Database): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from (select 1 from audit_pending limit ${COUNTED}) as pending`,
  )
  return rows[0]?.n ?? 0
}
