import { fillRecord } from '@/tests/bench/record/fill'
import { timeQuestions } from '@/tests/bench/record/ten-questions'
import { openServerTestDatabase } from '@/tests/support/database'

/** `node --import tsx tests/bench/record/main.ts <database server> [events] [rounds] [seed]`: prints a table. The database is dropped after. */
const [, , url, events = '1000000', rounds = '40', seed = '1'] = process.argv
if (url === undefined) throw new Error('name a PostgreSQL server: postgresql://…')
const db = await openServerTestDatabase(url)
try {
  const begun = performance.now()
  const record = await fillRecord(db, Number(events))
  console.log(
    `${Number(events).toLocaleString('en')} events in ${((performance.now() - begun) / 1000).toFixed(0)} s`,
  )
  console.log('| what | p50 ms | p95 ms | worst ms |\n|---|---|---|---|')
  for (const { what, p50, p95, worst } of await timeQuestions(db, record, Number(rounds), Number(seed)))
    console.log(`| ${what} | ${p50.toFixed(0)} | ${p95.toFixed(0)} | ${worst.toFixed(0)} |`)
} finally {
  await db.close()
}
