import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeBigBundle } from '@/tests/bench/record/big-bundle'

/**
 * `node --import tsx tests/bench/record/verify.ts [events] [rounds]`: writes a sealed bundle, has the one-file verifier check it
 * in a process of its own, alone in a folder, and prints a table. The first line of a failed check is its reason.
 */
const [events = 1_000_000, rounds = 3] = process.argv.slice(2).map(Number)
/** Said by the verifier's own process when it ends: its CPU with all its threads, and the most memory that it had. */
const SPENT = `data:text/javascript,process.on('exit',()=>process.stderr.write(JSON.stringify(process.resourceUsage())))`

const folder = mkdtempSync(join(tmpdir(), 'liaison-bench-verify-'))
try {
  const path = join(folder, 'bundle.jsonl')
  await writeBigBundle(path, events)
  copyFileSync('lib/verifier/verify.mjs', join(folder, 'verify.mjs'))
  console.log(
    `${events.toLocaleString('en')} events, ${(statSync(path).size / 2 ** 20).toFixed(0)} MiB; load ${loadavg()[0]?.toFixed(1)}`,
  )
  console.log('| round | s | CPU s | memory MiB |\n|---|---|---|---|')
  for (let round = 1; round <= rounds; round++) {
    const begun = performance.now()
    const run = spawnSync(process.execPath, ['--import', SPENT, 'verify.mjs', path], {
      cwd: folder,
      encoding: 'utf8',
    })
    const took = (performance.now() - begun) / 1_000
    if (run.status !== 0) throw new Error(`exit ${run.status}: ${run.stdout.slice(0, 300)}${run.stderr}`)
    const spent = JSON.parse(run.stderr) as NodeJS.ResourceUsage
    const cpu = (spent.userCPUTime + spent.systemCPUTime) / 1e6
    console.log(`| ${round} | ${took.toFixed(1)} | ${cpu.toFixed(1)} | ${(spent.maxRSS / 1024).toFixed(0)} |`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
