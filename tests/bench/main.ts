import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { reachablePostgresql } from '@/tests/bench/bed'
import { loadNow, readMachine } from '@/tests/bench/machine'
import { type PartRun, readRuns, tableOf, writeRuns } from '@/tests/bench/page'
import { isPartName, PART_NAMES, type PartName } from '@/tests/bench/part-list'
import type { PartReply } from '@/tests/bench/run-part'

/**
 * `npm run bench [-- --quick] [part …]`: this server beside the ones that teams would otherwise take. Each part runs in
 * a process of its own; one that fails says so on the page and stops no other. Writes docs/performance.md.
 */
const ENTRY = fileURLToPath(new URL('./run-part.ts', import.meta.url))
/** Far more than the longest part takes. */
const PATIENCE_MS = 4 * 60_000

const runPart = (name: PartName, quick: boolean): Promise<PartReply> =>
  new Promise((resolve) => {
    const child = fork(ENTRY, [name, ...(quick ? ['quick'] : [])], { execArgv: ['--import', 'tsx'] })
    const tooLong = setTimeout(() => child.kill('SIGTERM'), PATIENCE_MS)
    const muchTooLong = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS + 20_000)
    child.once('message', (reply) => resolve(reply as PartReply))
    child.once('exit', (code, signal) => {
      clearTimeout(tooLong)
      clearTimeout(muchTooLong)
      resolve({ error: `its process ended with ${code ?? signal}`, failures: [], notes: [] })
    })
  })

const print = (reply: PartReply): void => {
  if ('error' in reply) {
    console.log(`  FAILED: ${reply.error}`)
    return
  }
  for (const table of reply.figures.tables) console.log(`\n${tableOf(table, '')}`)
  for (const { work, gate, results } of reply.figures.checks)
    for (const { server, measured, verdict } of results)
      console.log(`  ${verdict.padEnd(12)} ${work} (${gate}): ${server}: ${measured}`)
}

const wanted = process.argv.slice(2)
const quick = wanted.includes('--quick')
const unknown = wanted.filter((name) => name !== '--quick' && !isPartName(name))
if (unknown.length > 0) {
  console.error(`No part ${unknown.join(', ')}. There are: ${PART_NAMES.join(', ')}`)
  process.exit(1)
}
const names = PART_NAMES.filter((name) => wanted.every((one) => one === '--quick') || wanted.includes(name))
const machine = await readMachine(await reachablePostgresql())
const began = performance.now()
let failed = 0
for (const name of names) {
  const start = performance.now()
  const [at, load] = [new Date().toISOString(), loadNow()]
  console.log(`\n== ${name} (load average ${load})`)
  const reply = await runPart(name, quick)
  print(reply)
  const figures = 'figures' in reply ? reply.figures : null
  const failures = 'error' in reply ? [reply.error, ...reply.failures] : reply.failures
  if (failures.length > 0) failed++
  const seconds = (performance.now() - start) / 1_000
  const run: PartRun = { at, load, seconds, machine, figures, failures, notes: reply.notes }
  // After each part, so that a run that is ended keeps what it has; read anew, for two may run.
  if (!quick) writeRuns({ ...readRuns(), [name]: run })
}
console.log(
  `\n${names.length} parts in ${Math.round((performance.now() - began) / 1_000)} s, ${failed} with failures`,
)
if (!quick) console.log('docs/performance.md is written.')
process.exit(failed === 0 ? 0 : 1)
