import { writeFileSync } from 'node:fs'
import { chooseFolder } from '@/tests/faults/run/folder'
import { runFaults } from '@/tests/faults/run/run'

/**
 * `node --import tsx tests/faults/main.ts [minutes] [seed] [embedded|postgresql] [report.json]`: people type through bad
 * links while servers and databases fail at random; after each fault everything that was promised must hold. The seed gives
 * the same faults in the same order again. Exit code 1 on any violation.
 */
const [minutes = '1', seed = String(Date.now() % 1_000_000), kind = 'embedded', file] = process.argv.slice(2)
if (kind !== 'embedded' && kind !== 'postgresql') throw new Error(`no such database: ${kind}`)
// Every stock client listens for the end of the process.
process.setMaxListeners(0)
const folder = chooseFolder()
let stopped = false
// Databases and disks of the run must not stay behind: the fault in hand is finished first.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (stopped = true))
process.stdout.write(
  `Faults for ${minutes} minutes, seed ${seed}, ${kind}, in ${folder.path}, logs in ${folder.logs}\n`,
)
try {
  const report = await runFaults(kind, Number(minutes), Number(seed), folder, {
    say: (line) => process.stdout.write(`${line}\n`),
    isStopped: () => stopped,
  })
  if (file !== undefined) writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`)
  process.stdout.write(`\n${report.table}\n`)
  process.exitCode = report.violations.length === 0 && report.promised > 0 && report.openings > 0 ? 0 : 1
  folder.remove(process.exitCode === 0)
} catch (error) {
  folder.remove(false)
  throw error
}
process.exit()
