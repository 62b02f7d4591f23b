import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { DomainError } from '@/lib/errors'
import type { Database, Reader } from '@/server/db/client'

/** Any number that nobody else in this database uses for an advisory lock. */
const LOCK = 6_013_427

/** Beside this file in the source, beside main.js in a bundle: the build copies the folder there. */
const FOLDER = fileURLToPath(new URL('./migrations', import.meta.url))

const known = () => readMigrationFiles({ migrationsFolder: FOLDER })

const applied = async (reader: Reader): Promise<Set<number>> => {
  const there = await reader.query(`select to_regclass('drizzle.__drizzle_migrations') is not null as there`)
  if (!there.rows[0]?.there) return new Set()
  const { rows } = await reader.query<{ created_at: number }>(
    'select created_at from drizzle.__drizzle_migrations',
  )
  return new Set(rows.map((row) => row.created_at))
}

/** How many migrations of this program the database still lacks. */
export async function pendingMigrations(reader: Reader): Promise<number> {
  const done = await applied(reader)
  return known().filter((migration) => !done.has(migration.folderMillis)).length
}

/**
 * Brings the database to this program's tables: all missing migrations in one transaction, one process at a time.
 * @throws DomainError `unavailable` when a newer program has migrated the database already.
 */
export async function migrate(db: Database): Promise<void> {
  const migrations = known()
  await db.transaction(async (tx) => {
    await tx.query('set local statement_timeout = 0')
    await tx.query('set local lock_timeout = 0')
    await tx.query('select pg_advisory_xact_lock($1)', [LOCK])
    await tx.query('create schema if not exists drizzle')
    await tx.query(
      'create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
    )
    const done = await applied(tx)
    const ours = new Set(migrations.map((migration) => migration.folderMillis))
    if ([...done].some((when) => !ours.has(when))) {
      throw new DomainError(
        'unavailable',
        'The database was set up by a newer version of Liaison. Start that version, or restore an older backup.',
      )
    }
    for (const migration of migrations) {
      if (done.has(migration.folderMillis)) continue
      for (const statement of migration.sql) await tx.query(statement)
      await tx.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
        migration.hash,
        migration.folderMillis,
      ])
    }
  })
}
