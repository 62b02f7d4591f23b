import type { Logger } from 'pino'
import type { Database } from '@/server/db/client'
import type { Env } from '@/server/env'
import { watchDatabase } from '@/server/nodes/database-watch'
import type { NodeMessage } from '@/server/nodes/messages'
import { openRedisLink, type RedisLink } from '@/server/nodes/redis-link'
import type { AccessChanges } from '@/server/policy/access-changes'

/** This process among the equal nodes on one database. */
export interface Nodes {
  /** Whether others may write to the same database at all: not to the embedded one. */
  readonly several: boolean
  /** The database has answered within a second: what is in memory may still be shown. */
  inTouch(): boolean
  /** The database has not answered for long: nobody is let in, and everybody was closed. */
  isFrozen(): boolean
  onFreeze(listener: () => void): void
  /** The database has answered, and whoever listens to changes of access has heard of all up to now. */
  onAnswer(listener: () => void): void
  /** Milliseconds since the epoch, as the database counts them. */
  now(): number
  redis(): 'none' | 'up' | 'lost'
  /** Told to every other node through Redis, if it is there. Never the only way that something gets there. */
  tell(message: NodeMessage): void
  onMessage(listener: (from: string, message: NodeMessage) => void): void
  /** Redis carries messages, again or for the first time: what was said before was heard by nobody. */
  onCarries(listener: () => void): void
  stop(): Promise<void>
}

/** The embedded database: one process, which has whatever it knows from itself. */
export const ALONE: Nodes = {
  several: false,
  inTouch: () => true,
  isFrozen: () => false,
  onFreeze: () => undefined,
  onAnswer: () => undefined,
  now: () => Date.now(),
  redis: () => 'none',
  tell: () => undefined,
  onMessage: () => undefined,
  onCarries: () => undefined,
  stop: async () => undefined,
}

interface Tools {
  db: Database
  log: Logger
  node: string
  accessChanges: AccessChanges
}

/** @throws if the database does not answer */
export const joinNodes = async (
  { databaseUrl, redisUrl }: Pick<Env, 'databaseUrl' | 'redisUrl'>,
  { db, log, node, accessChanges }: Tools,
): Promise<Nodes> => {
  if (databaseUrl === null) return ALONE
  const freezing = new Set<() => void>()
  const answered = new Set<() => void>()
  const hearing = new Set<(from: string, message: NodeMessage) => void>()
  const carrying = new Set<() => void>()

  const watch = await watchDatabase(databaseUrl, log, {
    onChange: (id, scope) => accessChanges.hear(id, scope),
    onAnswer() {
      for (const listener of answered) listener()
    },
    onFreeze() {
      for (const listener of freezing) listener()
      // What still waits there would wait for minutes if the way is cut: it fails now, and is known not to be accepted.
      db.abandon()
    },
  })

  let link: RedisLink | null = null
  if (redisUrl !== null) {
    const database = await identityOf(db)
    link = openRedisLink(
      redisUrl,
      { node, database, log },
      {
        onMessage(from, message) {
          if (message.kind === 'access') watch.hurry()
          for (const listener of hearing) listener(from, message)
        },
        onCarries() {
          watch.hurry()
          for (const listener of carrying) listener()
        },
      },
    )
  }
  accessChanges.onPublished(() => link?.tell({ kind: 'access' }))

  return {
    several: true,
    inTouch: watch.inTouch,
    isFrozen: watch.isFrozen,
    onFreeze: (listener) => void freezing.add(listener),
    onAnswer: (listener) => void answered.add(listener),
    now: watch.now,
    redis: () => (link === null ? 'none' : link.carries() ? 'up' : 'lost'),
    tell: (message) => link?.tell(message),
    onMessage: (listener) => void hearing.add(listener),
    onCarries: (listener) => void carrying.add(listener),
    async stop() {
      await link?.stop()
      await watch.stop()
    },
  }
}

/** Two installations may share one Redis: their nodes must not hear each other. */
const identityOf = async (db: Database): Promise<string> => {
  const { rows } = await db.query<{ identity: string }>(
    `select system_identifier || '.' || (select oid from pg_database where datname = current_database()) as identity
     from pg_control_system()`,
  )
  const [row] = rows
  if (row === undefined) throw new Error('the database does not say which it is')
  return row.identity
}
