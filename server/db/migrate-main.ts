import { pino } from 'pino'
import { DomainError } from '@/lib/errors'
import { migrate, pendingMigrations } from '@/server/db/migrate'
import { openDatabase } from '@/server/db/open-database'
import { EnvProblems, readEnv } from '@/server/env'

/** `npm run db:migrate`: brings the configured database up to date and says what it did. */
async function main() {
  const env = readEnv()
  const log = pino({ level: env.logLevel })
  const db = await openDatabase({ databaseUrl: env.databaseUrl, dataDir: env.dataDir, log })
  try {
    const missing = await pendingMigrations(db)
    await migrate(db)
    process.stdout.write(
      missing === 0 ? 'The database is up to date.\n' : `Migrations applied: ${missing}.\n`,
    )
  } finally {
    await db.close()
  }
}

main().catch((error: unknown) => {
  const known = error instanceof DomainError ? error.forPeople : null
  const text = known ?? (error instanceof EnvProblems ? error.message : String(error))
  process.stderr.write(`${text}\n`)
  process.exitCode = 1
})
