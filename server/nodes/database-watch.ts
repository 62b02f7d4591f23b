import type { Logger } from 'pino'
import { openLoneConnection } from '@/server/db/open-lone-connection'
import type { AccessScope } from '@/server/policy/access-scope'

const POLL_MS = 250
/** So long after the last answer nothing is shown from memory any more: the promise about access is one second. */
const IN_TOUCH_MS = 900
/**
 * So long after the last answer the node freezes: every socket is closed within two seconds. Less than two questions that
 * are both answered too late to show anything by, so that nothing is held back for longer than this.
 */
const FREEZE_MS = 1_600
const LOOK_MS = 100
const FORGET_EVERY = 2_400
/** Changes of access that every node has seen long ago. */
const FORGET = `delete from access_changes where at < now() - interval '1 hour'`

/**
 * One snapshot: which transactions are not over yet, what time it is there, and the changes of access by all transactions
 * that were not over at the last look. A change that commits late, with an early number, is so never missed.
 */
const POLL = `
select pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
  (extract(epoch from clock_timestamp()) * 1000)::float8 as clock,
  coalesce((select json_agg(json_build_object('id', id, 'scope', scope) order by id)
    from access_changes where tx >= $1::xid8), '[]') as changes`

/** Later than every transaction: what was changed before the first look concerns nobody who is connected. */
const NONE_YET = '18446744073709551615'

interface Answer {
  horizon: string
  clock: number
  changes: { id: number; scope: AccessScope }[]
}

export interface DatabaseWatch {
  /**
   * The database has answered a moment ago: what is in memory may still be shown. By a clock that goes on while the process is
   * stopped, so that one that wakes is not.
   */
  inTouch(): boolean
  isFrozen(): boolean
  /** The database's idea of now, so that all nodes agree on it: milliseconds since the epoch. */
  now(): number
  /** Looks at once: somebody has said that there is a change. */
  hurry(): void
  stop(): Promise<void>
}

interface Ears {
  onChange(id: number, scope: AccessScope): void
  /** After every answer, when all changes in it were told. */
  onAnswer(): void
  /** Nothing may be believed that was loaded so far. */
  onFreeze(): void
}

/**
 * Asks the database four times a second on a connection of its own: for changes of access (so a revocation reaches this
 * node within a second, whatever becomes of Redis), for the time, and whether it is there at all.
 * @throws if the first question is not answered
 */
export const watchDatabase = async (databaseUrl: string, log: Logger, ears: Ears): Promise<DatabaseWatch> => {
  const connection = openLoneConnection(databaseUrl)
  let horizon = NONE_YET
  let seen = new Set<number>()
  let answeredAt = performance.now()
  let offset = 0
  let frozen = false
  let stopped = false
  let rounds = 0

  const isInTouch = () => performance.now() - answeredAt < IN_TOUCH_MS

  const ask = async () => {
    const before = performance.now()
    const [answer] = await connection.query<Answer>(POLL, [horizon])
    if (answer === undefined) throw new Error('no answer')
    const took = performance.now() - before
    // An older database in its place: what this node holds in memory may never have been.
    const replaced = horizon !== NONE_YET && BigInt(answer.horizon) < BigInt(horizon)
    horizon = answer.horizon
    const measured = answer.clock - (Date.now() - took / 2)
    // Half the way there and back is as well as this can be known.
    if (Math.abs(measured - offset) > took) offset = measured
    const now = new Set(answer.changes.map(({ id }) => id))
    const news = answer.changes.filter(({ id }) => !seen.has(id))
    seen = now
    for (const { id, scope } of news) ears.onChange(id, scope)
    if (replaced) {
      log.error('the database is an older one than a moment ago: every socket is closed')
      ears.onFreeze()
    }
    // Whatever was committed before the question is known from here on, also when the process was stopped since.
    answeredAt = before
    // An answer that is too old already when it comes lets nobody in who could be shown nothing.
    if (frozen && isInTouch()) {
      log.warn('the database answers again')
      frozen = false
    }
    ears.onAnswer()
    if (rounds++ % FORGET_EVERY === 0) await connection.query(FORGET, [])
  }

  let failing = false
  let asking: Promise<void> | null = null
  let again = false
  const poll = (): Promise<void> => {
    if (asking !== null) {
      again = true
      return asking
    }
    again = false
    asking = ask()
      .then(() => {
        failing = false
      })
      .catch((error: unknown) => {
        if (!failing) log.warn({ err: error }, 'the database does not answer')
        failing = true
      })
      .finally(() => {
        asking = null
        if (again && !stopped) void poll()
      })
    return asking
  }

  const look = () => {
    if (frozen || stopped || performance.now() - answeredAt < FREEZE_MS) return
    frozen = true
    log.error('the database cannot be asked: every socket is closed until it can')
    ears.onFreeze()
  }

  await ask()
  const timer = setInterval(() => void poll(), POLL_MS)
  // After the answers that have come meanwhile: a thread that was busy is not a database that is gone.
  const watch = setInterval(() => setImmediate(look), LOOK_MS)
  timer.unref()
  watch.unref()

  return {
    inTouch: isInTouch,
    isFrozen: () => frozen,
    now: () => Date.now() + offset,
    hurry: () => void poll(),
    async stop() {
      stopped = true
      clearInterval(timer)
      clearInterval(watch)
      await asking
      await connection.close()
    },
  }
}
