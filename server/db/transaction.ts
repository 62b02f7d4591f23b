import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import type { Database, Release, Tx } from '@/server/db/client'

const ATTEMPTS = 4
const WORTH_RETRYING = new Set(['40001', '40P01'])

/** int8 as a number. Counters and positions only; a value that a number cannot hold is an error, never rounded. */
const int8 = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('int8 beyond 2^53 in a result')
  return value
}

export const resultTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 ? int8 : pg.types.getTypeParser(oid, format),
}

const sqlState = (error: unknown): string | null => {
  // drizzle wraps the driver's error and keeps it as `cause`.
  for (let e = error; e instanceof Error; e = e.cause) {
    if ('code' in e && typeof e.code === 'string' && e.code.length === 5) return e.code
  }
  return null
}

class OpenTransaction implements Tx {
  open = true
  #orm: NodePgDatabase | null = null
  readonly #client: pg.PoolClient
  readonly #early = new Map<string, () => Promise<undefined | Release>>()
  readonly #last = new Map<string, () => Promise<undefined | Release>>()
  readonly #after: (() => void)[] = []
  readonly #releases: Release[] = []

  constructor(client: pg.PoolClient) {
    this.#client = client
  }

  /** Made when it is asked for: the frequent transactions speak SQL. */
  get orm(): NodePgDatabase {
    this.#orm ??= drizzle(this.#client)
    return this.#orm
  }

  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[], name?: string) {
    if (!this.open) throw new Error('this transaction is over')
    if (name === undefined) return this.#client.query<Row>(text, values)
    return this.#client.query<Row>({ name, text }, values)
  }

  beforeCommit(key: string, run: () => Promise<undefined | Release>, phase?: 'last') {
    const hooks = phase === 'last' ? this.#last : this.#early
    if (!hooks.has(key)) hooks.set(key, run)
  }

  afterCommit(run: () => void) {
    this.#after.push(run)
  }

  async runHooks() {
    for (;;) {
      const from = this.#early.size > 0 ? this.#early : this.#last
      const [next] = from
      if (!next) return
      from.delete(next[0])
      const release = await next[1]()
      if (release) this.#releases.push(release)
    }
  }

  finish(committed: boolean, onError: (error: Error) => void) {
    this.open = false
    const calls = this.#releases
      .splice(0)
      .reverse()
      .map((release) => () => release(committed))
    if (committed) calls.push(...this.#after)
    for (const call of calls) {
      try {
        call()
      } catch (error) {
        // What is committed is committed: a listener's mistake must not tell the caller otherwise.
        onError(error instanceof Error ? error : new Error(String(error)))
      }
    }
  }
}

/** What drizzle needs of a pool. A class, because drizzle takes a plain object for its settings. */
class OneStatement {
  constructor(readonly query: (config: pg.QueryConfig, values?: unknown[]) => Promise<pg.QueryResult>) {}
}

/** Not in the published types: end() would say goodbye and wait for an answer. */
export const cut = (client: pg.ClientBase): void =>
  (
    client as unknown as { connection: { stream: { destroy(error: Error): void } } }
  ).connection.stream.destroy(new Error('the database does not answer'))

/** The Database of a pool. Errors of idle and of taken connections, and of hooks after the end, go to
 * `onError`: a lost server ends no process. */
export function databaseOf(
  pool: pg.Pool,
  kind: Database['kind'],
  onError: (error: Error) => void,
  closeBelow: () => Promise<void> = async () => {},
): Database {
  const current = new AsyncLocalStorage<OpenTransaction>()
  pool.on('error', onError)
  const clients = new Set<pg.PoolClient>()
  pool.on('connect', (client) => {
    client.on('error', onError)
    clients.add(client)
  })
  pool.on('remove', (client) => clients.delete(client as pg.PoolClient))

  const refuseInside = () => {
    if (current.getStore()?.open) {
      throw new Error('inside a transaction: use its tx, the embedded database has one connection')
    }
  }
  // Not pool.query: it closes the connection after any failed statement. PostgreSQL pays for that with a new connection;
  // the embedded database's one connection is handed on with the rest of the old answer still to come.
  const query = async (config: pg.QueryConfig, values?: unknown[]) => {
    refuseInside()
    const client = await pool.connect()
    try {
      return await client.query(config, values)
    } finally {
      client.release()
    }
  }
  const orm = drizzle(new OneStatement(query) as unknown as pg.Pool)

  const once = async <T>(run: (tx: Tx) => Promise<T>): Promise<T> => {
    const client = await pool.connect()
    const tx = new OpenTransaction(client)
    let committed = false
    let broken: Error | undefined
    try {
      await client.query('begin')
      const result = await current.run(tx, async () => {
        const value = await run(tx)
        await tx.runHooks()
        return value
      })
      const { command } = await client.query('commit')
      // COMMIT of a transaction that a swallowed error has aborted answers ROLLBACK without an error.
      if (command !== 'COMMIT') throw new Error('the transaction had failed before COMMIT')
      committed = true
      return result
    } catch (error) {
      await client.query('rollback').catch((e: Error) => {
        broken = e
      })
      throw error
    } finally {
      tx.open = false
      client.release(broken)
      tx.finish(committed, onError)
    }
  }

  const again = async <T>(run: () => Promise<T>): Promise<T> => {
    refuseInside()
    for (let attempt = 1; ; attempt++) {
      try {
        return await run()
      } catch (error) {
        if (attempt === ATTEMPTS || !WORTH_RETRYING.has(sqlState(error) ?? '')) throw error
        await delay(Math.random() * 20 * attempt)
      }
    }
  }

  let closing: Promise<void> | undefined
  return {
    kind,
    orm,
    async query<Row extends pg.QueryResultRow>(text: string, values?: unknown[], name?: string) {
      return query(name === undefined ? { text } : { name, text }, values) as Promise<pg.QueryResult<Row>>
    },
    transaction: (run) => again(() => once(run)),
    write<Row extends pg.QueryResultRow>(text: string, values: unknown[], name: string) {
      return again(() => query({ name, text }, values)) as Promise<pg.QueryResult<Row>>
    },
    abandon() {
      for (const client of clients) cut(client)
    },
    close() {
      closing ??= pool.end().then(closeBelow)
      return closing
    },
  }
}
