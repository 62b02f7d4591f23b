import pg from 'pg'
import type { Logger } from 'pino'
import { DomainError } from '@/lib/errors'
import type { Database } from '@/server/db/client'
import { databaseOf, resultTypes } from '@/server/db/transaction'

const OLDEST = 15
const POOL_SIZE = 10

/** A server that hangs must not hang the house: every wait has an end. Milliseconds. */
const LIMITS = {
  connectionTimeoutMillis: 5_000,
  statement_timeout: 30_000,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 60_000,
} as const

const nameOf = (databaseUrl: string): string => {
  try {
    const url = new URL(databaseUrl)
    // Never the user, never the password.
    return `${url.hostname || 'the local socket'}${url.port ? `:${url.port}` : ''}${url.pathname}`
  } catch {
    return 'the address in DATABASE_URL'
  }
}

export async function openPostgresql(databaseUrl: string, log: Pick<Logger, 'warn'>): Promise<Database> {
  const where = nameOf(databaseUrl)
  let db: Database
  try {
    const pool = new pg.Pool({
      connectionString: databaseUrl,
      application_name: 'liaison',
      max: POOL_SIZE,
      keepAlive: true,
      types: resultTypes,
      ...LIMITS,
    })
    // A statement here is done in less time than its machine code takes to be made.
    pool.on('connect', (client) => {
      client.query('set jit = off').catch((error: unknown) => log.warn({ err: error }, 'jit stays on'))
    })
    db = databaseOf(pool, 'postgresql', (error) => log.warn({ err: error }, 'database connection lost'))
  } catch {
    throw new DomainError('unavailable', `The database address ${where} cannot be read. Check DATABASE_URL.`)
  }
  try {
    const version = await versionOf(db)
    if (version >= OLDEST) return db
    throw new DomainError(
      'unavailable',
      `The database at ${where} is PostgreSQL ${version}; Liaison needs ${OLDEST} or newer.`,
    )
  } catch (error) {
    await db.close()
    if (error instanceof DomainError) throw error
    const code = (error as { code?: string }).code ?? (error as Error).message
    throw new DomainError(
      'unavailable',
      `The database at ${where} cannot be reached (${code}). Check that it runs and that DATABASE_URL is right.`,
    )
  }
}

async function versionOf(db: Database): Promise<number> {
  const { rows } = await db.query<{ server_version_num: string }>('show server_version_num')
  return Math.floor(Number(rows[0]?.server_version_num ?? 0) / 10_000)
}
