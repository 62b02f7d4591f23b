import { loadavg } from 'node:os'
import { runFuzz } from '@/tests/fuzz/run-fuzz'

/**
 * `node --import tsx tests/fuzz/main.ts [seconds] [seed] [database url]`: exit code 1 if anything did not hold. One
 * frame may take 50 ms of the server's thread at most. The loop's lag is told as it is. With the embedded database it also holds
 * that database's work, which runs on the same thread; with PostgreSQL all but one turn in a hundred must be below 50 ms, of its own work.
 */
const [seconds = '60', seed = String(Date.now() % 1_000_000), databaseUrl = ''] = process.argv.slice(2)
process.stdout.write(`fuzz, ${seconds} s, seed ${seed}\n`)
const report = await runFuzz(Number(seconds), Number(seed), databaseUrl)
const load = loadavg()[0]?.toFixed(1)
process.stdout.write(`${JSON.stringify({ ...report, load }, null, 2)}\n`)
if (report.forked.length > 0)
  process.stdout.write(`open: ${report.forked.length} of the lanes forked (tests/fuzz/lane.ts, Forked)\n`)
const broken = Object.entries({
  'something did not hold': report.wrong.length > 0,
  'an error that nobody caught': report.escaped.length > 0,
  'a frame took 50 ms or more': report.receive.max >= 50,
  'one turn in a hundred took 50 ms or more': databaseUrl !== '' && report.own.p99 >= 50,
  'nothing was accepted': report.accepted === 0,
  'nothing was refused': report.refused === 0,
}).flatMap(([what, found]) => (found ? [what] : []))
// Last, where whoever reads only the end of a log sees it.
const { wrong, escaped, receive, own } = report
const figures = JSON.stringify({ receive, own, load, wrong: wrong.slice(0, 3), escaped: escaped.slice(0, 1) })
process.stdout.write(
  broken.length === 0 ? 'all held\n' : `BROKEN, seed ${seed}: ${broken.join('; ')} ${figures}\n`,
)
process.exit(broken.length === 0 ? 0 : 1)
