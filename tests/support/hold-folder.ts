import { migrate } from '@/server/db/migrate'
import { openDatabase } from '@/server/db/open-database'

/**
 * A process of its own that opens the embedded database of a folder, migrates it, commits one row after another and prints the
 * number of each after its COMMIT, until it is killed. Used by tests/db/folder.test.ts.
 */
const db = await openDatabase({ databaseUrl: null, dataDir: process.argv[2] ?? '', log: { warn: () => {} } })
await migrate(db)
process.stdout.write('open\n')
for (let n = 1; ; n++) {
  await db.query('insert into access_clocks (key, epoch) values ($1, $2)', [`row ${n}`, n])
  process.stdout.write(`${n}\n`)
}
