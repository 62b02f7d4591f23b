import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import pg from 'pg'
import type { Logger } from 'pino'
import { DomainError } from '@/lib/errors'
import type { Database } from '@/server/db/client'
import { spaceGuard } from '@/server/db/disk-space'
import { DURABLE_SETTINGS, DurableNodeFs, syncFolder } from '@/server/db/durable-files'
import { emptyDatabase } from '@/server/db/empty-database'
import { lockFolder } from '@/server/db/folder-lock'
import { databaseOf, resultTypes } from '@/server/db/transaction'

const prepare = (folder: string) => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
    throw new DomainError(
      'unavailable',
      `The data folder ${folder} cannot be written (${code}). Give this user the right to write there, or choose another folder.`,
    )
  }
}

/**
 * PGlite as a Database: one connection, on this thread. Every commit is on disk before it is answered. When the database
 * ends itself (after a failed fsync nobody knows what is on disk), so does the process: the next start recovers from
 * the log, and nothing is accepted or shown in between.
 */
export async function openEmbedded(
  dataDir: string,
  log: Pick<Logger, 'warn'>,
  exit: (code: number) => void = process.exit,
): Promise<Database> {
  const folder = resolve(dataDir)
  prepare(folder)
  const assertSpace = spaceGuard(folder)
  assertSpace()
  const unlock = lockFolder(folder)
  try {
    const files = join(folder, 'database')
    const isNew = !existsSync(join(files, 'PG_VERSION'))
    const loadDataDir = isNew ? await emptyDatabase() : undefined
    const pglite = await PGlite.create({
      fs: new DurableNodeFs(files),
      startParams: [...PGlite.defaultStartParams.filter((p) => p !== '-F'), ...DURABLE_SETTINGS],
      ...(loadDataDir === undefined ? {} : { loadDataDir }),
    })
    if (isNew) syncFolder(files)
    const db = databaseOfPglite(pglite, log, unlock, (why) => {
      log.warn({ why }, 'the embedded database ended itself, and so does this process: start it again')
      exit(1)
    })
    const transaction: Database['transaction'] = async (run) => {
      assertSpace()
      return db.transaction(run)
    }
    const write: Database['write'] = async (text, values, name) => {
      assertSpace()
      return db.write(text, values, name)
    }
    return { ...db, transaction, write }
  } catch (error) {
    unlock()
    throw new DomainError(
      'unavailable',
      `The embedded database in ${folder} cannot be opened. Restore the folder from a backup, or choose another one.`,
      { log: { error: String(error) } },
    )
  }
}

/** The tests use this with a database in memory. */
export function databaseOfPglite(
  pglite: PGlite,
  log: Pick<Logger, 'warn'>,
  closed: () => void = () => {},
  onPanic: (why: string) => void = () => {},
): Database {
  const config = createPgConfig(pglite)
  const { connection } = config
  connection.on('errorMessage', ({ severity, message }: { severity?: string; message?: string }) => {
    if (severity === 'PANIC' || severity === 'FATAL') onPanic(message ?? severity)
  })
  const parse = connection.parse.bind(connection)
  // node-postgres hands on a query's result parsers as `types`; the shim takes that for a list of parameter types.
  connection.parse = (query: object) => parse({ ...query, types: undefined })
  const pool = new pg.Pool({
    ...(config as unknown as pg.PoolConfig),
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: 60_000,
    types: resultTypes,
  })
  return databaseOf(
    pool,
    'embedded',
    (error) => log.warn({ err: error }, 'embedded database connection'),
    async () => {
      await pglite.close()
      closed()
    },
  )
}
