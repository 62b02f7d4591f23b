import { workspaceOf } from '@/server/audit/inbox'
import { checkAgainstKept, raiseAlarm } from '@/server/audit/trees/check-against-signed'
import { Contradiction, EdgeMissing } from '@/server/audit/trees/contradiction'
import type { KeptCheckpoints } from '@/server/audit/trees/kept-checkpoints'
import { lockSequencing } from '@/server/audit/trees/lock'
import { type Gap, moveBatch } from '@/server/audit/trees/move-batch'
import { raiseEdge, raiseEdges } from '@/server/audit/trees/raise-edges'
import { tidyEmbedded } from '@/server/db/tidy-embedded'
import type { Services } from '@/server/services'

/** The embedded database answers nobody while it moves a batch. */
const BATCH = { postgresql: 4_000, embedded: 1_000 }
/** Between the beginnings of two batches: smaller ones would cost more for each event. */
const PACE_MS = 40
/** Woken by what this node accepts; what others accept and do not sequence is found by looking. */
const IDLE_MS = 500
const AFTER_FAILURE_MS = 5_000
/** Another node has the lock, and may have begun before the newest events were there. */
const BUSY_MS = 100
const COUNT_EVERY_MS = 1_000
/** A backlog is counted up to here; beyond it the figure only says "very many". */
const COUNTED = 100_000
/** A list that is emptied all the time must be cleaned up: done at the start and after this many events. */
const TIDY_EVERY = { postgresql: 100_000, embedded: 10_000 }

type Needs = Pick<Services, 'db' | 'log' | 'recorder' | 'meter'>
type Kept = Pick<KeptCheckpoints, 'get'>

const NOTHING_KEPT: Kept = { get: () => null }

/** What became of one attempt. `busy`: another node is at it; `alarm`: the record contradicts what was signed. */
export type Moved = { taken: number } | 'busy' | 'alarm'

/**
 * Moves one batch. A gap in a writer's chain goes on record in the same transaction, once, and is moved with a later batch.
 * @throws Contradiction, EdgeMissing, and whatever the database says
 */
export async function sequenceBatch(services: Needs, kept: Kept = NOTHING_KEPT): Promise<Moved> {
  const { db } = services
  return db.transaction(async (tx): Promise<Moved> => {
    const { mine, alarm } = await lockSequencing(tx)
    if (alarm) return 'alarm'
    if (!mine) return 'busy'
    const { taken, gaps } = await moveBatch(tx, BATCH[db.kind], kept.get)
    for (const gap of gaps) {
      if (!gap.ofGap) services.recorder.append(tx, draftOf(gap))
      tx.afterCommit(() => {
        services.log.error(gap, 'an event of the record is missing or is not what was accepted')
        services.meter.alarmed(`gap_${gap.why}`)
      })
    }
    return { taken }
  })
}

const draftOf = ({ tree, writer, seq, why, eventId }: Gap) => {
  const workspaceId = workspaceOf(tree)
  return {
    type: 'record.gap_found',
    outcome: 'failed',
    actor: { personId: null, orgId: null, sessionId: null },
    object: workspaceId === null ? {} : { workspaceId },
    details: { writer, seq, why, eventId },
  } as const
}

export interface Sequencer {
  /** Lets the batch in hand finish. What is left waits in the database for the next start. */
  stop(): Promise<void>
  /** Accepted events that stood in no tree when last counted (counted up to 100 000). */
  backlog(): number
  /** Told after each batch how many events it took off the list. Must not throw. */
  onMoved(listener: (events: number) => void): void
  /** Nothing is sequenced: the record contradicts what was signed. */
  isStopped(): boolean
}

/**
 * Puts accepted events into the order of their trees, in the background. A failure is logged and tried again.
 * @param kept what was signed: it must be there, and the trees must go on from it, before anything is sequenced
 */
export function startSequencer(services: Needs, kept?: KeptCheckpoints): Sequencer {
  const { db, log, recorder, meter } = services
  let backlog = 0
  let alarm = false
  let stopped = false
  let checked = false
  let countedAt = 0
  let untilTidy = 0
  let tidying: Promise<void> | null = null
  const listeners: ((events: number) => void)[] = []
  let woken = false
  let wake = () => {}
  const unsubscribe = recorder.onAccepted(() => {
    woken = true
    wake()
  })

  const once = async (): Promise<number> => {
    if (!checked) {
      await raiseEdges(db)
      if (kept) await checkAgainstKept(db, kept)
      checked = true
    }
    if (untilTidy <= 0) {
      untilTidy = TIDY_EVERY[db.kind]
      if (db.kind === 'embedded') await tidyEmbedded(db)
      else tidying ??= tidy()
    }
    woken = false
    const moved = await sequenceBatch(services, kept)
    alarm = moved === 'alarm'
    if (performance.now() - countedAt > COUNT_EVERY_MS) {
      countedAt = performance.now()
      backlog = await countPending(services)
    } else if (typeof moved === 'object') backlog = Math.max(0, backlog - moved.taken)
    if (moved === 'alarm') {
      checked = false
      return AFTER_FAILURE_MS
    }
    if (moved === 'busy') return BUSY_MS
    untilTidy -= moved.taken
    for (const listener of listeners) listener(moved.taken)
    if (moved.taken >= BATCH[db.kind]) woken = true
    return IDLE_MS
  }
  /** Beside the batches: it locks nothing that they need, and has taken three seconds of them. */
  const tidy = async (): Promise<void> => {
    try {
      await db.query('vacuum (skip_locked) audit_pending, audit_heads')
    } catch (error) {
      log.warn({ err: error }, 'the list of what is pending could not be cleaned up')
    } finally {
      tidying = null
    }
  }
  const round = async (): Promise<number> => {
    try {
      return await once()
    } catch (error) {
      return await afterFailure(error)
    }
  }
  const afterFailure = async (error: unknown): Promise<number> => {
    checked = false
    if (error instanceof EdgeMissing) {
      await raiseEdge(db, error.tree).catch((problem) =>
        log.error({ err: problem }, 'an edge could not be computed'),
      )
      return BUSY_MS
    }
    if (error instanceof Contradiction) {
      alarm = true
      meter.alarmed(error.why)
      log.error(
        { err: error },
        'the record contradicts what was signed: nothing is sequenced or signed (docs/record.md)',
      )
      await raiseAlarm(db, error).catch((problem) =>
        log.error({ err: problem }, 'the alarm could not be written'),
      )
    } else log.error({ err: error }, 'events could not be put into the order of the record')
    return AFTER_FAILURE_MS
  }

  /** At least the pace; then until something is accepted here, at most `most`. */
  const pause = async (most: number, begun: number): Promise<void> => {
    const wait = (ms: number, early: boolean) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        wake = () => {
          if (!early && !stopped) return
          clearTimeout(timer)
          resolve()
        }
        if (stopped || (early && woken)) wake()
      })
    await wait(Math.max(0, PACE_MS - (performance.now() - begun)), false)
    if (most > PACE_MS) await wait(most - PACE_MS, most === IDLE_MS)
  }
  const run = async () => {
    while (!stopped) {
      const begun = performance.now()
      await pause(await round(), begun)
    }
  }
  const running = run()
  return {
    async stop() {
      stopped = true
      unsubscribe()
      wake()
      await running
      await tidying
    },
    backlog: () => backlog,
    onMoved: (listener) => void listeners.push(listener),
    isStopped: () => alarm,
  }
}

async function countPending({ db }: Needs): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from (select 1 from audit_pending limit ${COUNTED}) as pending`,
  )
  return rows[0]?.n ?? 0
}
