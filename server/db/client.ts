import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import type pg from 'pg'

/** Reads outside a transaction. Never used inside one: the embedded database has a single connection. */
export interface Reader {
  orm: NodePgDatabase
  /**
   * int8 arrives as a number (an error beyond 2^53), timestamptz as Date, bytea as Buffer.
   * @param name of a statement that is asked all the time: parsed once per connection, planned a few times (half the
   * time on a server, a fifth in the embedded database). One name, one text: another text under it is an error.
   */
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(
    text: string,
    values?: unknown[],
    name?: string,
  ): Promise<pg.QueryResult<Row>>
}

/** Called once the transaction has ended, whatever happened. `committed` is false as well when COMMIT's outcome is unknown. */
export type Release = (committed: boolean) => void

/** An open transaction. Everything that belongs to one action uses this one value. */
export interface Tx extends Reader {
  /**
   * Runs once per key just before COMMIT, in order of first registration, still inside the transaction; a throw
   * rolls back. A callback may return a release function. A key registered again by a later callback runs again.
   * `last`: after all others, nothing but COMMIT follows. Whoever holds a lock of this process (the record's writer
   * lock) must be last: if it then waited for a row, a transaction that holds the row and waits for the lock would
   * block both for ever, and PostgreSQL cannot see such a deadlock.
   */
  beforeCommit(key: string, run: () => Promise<undefined | Release>, phase?: 'last'): void
  /** Runs after a successful COMMIT only, before `transaction` resolves. Must not throw. */
  afterCommit(run: () => void): void
}

export interface Database extends Reader {
  kind: 'embedded' | 'postgresql'
  /**
   * READ COMMITTED. Retries serialization failures and deadlocks (40001, 40P01) up to 3 times, so `run` may be called
   * again from its beginning. Queries on the Database while `run` is under way in the same call are refused.
   */
  transaction<T>(run: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * One statement that writes: a transaction of its own, committed to disk once it is answered, and tried again as
   * `transaction` is. One round trip instead of one for BEGIN, each statement and COMMIT.
   */
  write<Row extends pg.QueryResultRow = pg.QueryResultRow>(
    text: string,
    values: unknown[],
    name: string,
  ): Promise<pg.QueryResult<Row>>
  /**
   * Cuts every connection to a server that does not answer: what waits there fails now, not when TCP gives up after
   * a quarter of an hour. The next query opens a new one.
   */
  abandon(): void
  close(): Promise<void>
}
