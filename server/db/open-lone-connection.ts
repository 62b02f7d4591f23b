import pg from 'pg'
import { cut, resultTypes } from '@/server/db/transaction'

/** Milliseconds to connect, and to answer one question. */
const PATIENCE = 1_500

export interface LoneConnection {
  /** @throws if the server has not answered in time; the next question is asked on a new connection. */
  query<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

/**
 * One connection besides the pool, for the question whether the server answers at all: it must not wait behind the
 * very work that hangs.
 */
export const openLoneConnection = (databaseUrl: string): LoneConnection => {
  let client: pg.Client | null = null

  const letGo = (held: pg.Client) => {
    if (client === held) client = null
    cut(held)
  }

  const connect = async (): Promise<pg.Client> => {
    const fresh = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'liaison watch',
      connectionTimeoutMillis: PATIENCE,
      query_timeout: PATIENCE,
      types: resultTypes,
    })
    fresh.on('error', () => letGo(fresh))
    await fresh.connect()
    return fresh
  }

  return {
    async query<Row extends pg.QueryResultRow>(text: string, values: unknown[]) {
      client ??= await connect()
      const held = client
      try {
        return (await held.query<Row>(text, values)).rows
      } catch (error) {
        letGo(held)
        throw error
      }
    },
    async close() {
      const held = client
      client = null
      await held?.end()
    },
  }
}
