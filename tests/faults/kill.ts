import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runKillTrials } from '@/tests/faults/kill-trials'

/**
 * `node --import tsx tests/faults/kill.ts [kills] [seed] [database url]`: exit code 1 if anything promised is lost or doubled. A run
 * of a hundred or more is kept in docs/kill-trials.json, from which `npm run bench` reads it.
 */
const [kills = '30', seed = String(Date.now() % 1_000_000), databaseUrl = ''] = process.argv.slice(2)
process.stdout.write(
  `kill -9, ${kills} times, seed ${seed}, ${databaseUrl === '' ? 'embedded' : 'PostgreSQL'}\n`,
)
const report = await runKillTrials(
  Number(kills),
  Number(seed),
  databaseUrl,
  ({ kills: done, promised, broken }) => {
    process.stdout.write(`${done}: ${promised} promised, ${broken.length} broken\n`)
  },
)
process.stdout.write(`${JSON.stringify(report)}\n`)
if (report.kills >= 100) {
  const kept = fileURLToPath(new URL('../../docs/kill-trials.json', import.meta.url))
  const before: unknown[] = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : []
  const { promised, broken } = report
  const run = {
    database: databaseUrl === '' ? 'embedded' : 'PostgreSQL',
    date: new Date().toISOString().slice(0, 10),
    seed: Number(seed),
    kills: report.kills,
    promised,
    broken: broken.length,
  }
  writeFileSync(kept, `${JSON.stringify([...before, run], null, 1)}\n`)
}
process.exit(report.broken.length === 0 && report.promised > 0 ? 0 : 1)
