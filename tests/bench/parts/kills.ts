import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Bed } from '@/tests/bench/bed'
import { type Check, checkOf, type PartFigures } from '@/tests/bench/figures'
import { runKillTrials } from '@/tests/faults/kill-trials'

/** What `tests/faults/kill.ts` has found, run by run; written by the one who runs it, not by this bench. */
const FOUND = fileURLToPath(new URL('../../../docs/kill-trials.json', import.meta.url))

interface Trials {
  database: string
  date: string
  seed: number
  kills: number
  promised: number
  broken: number
}

const found = (): Trials[] => (existsSync(FOUND) ? (JSON.parse(readFileSync(FOUND, 'utf8')) as Trials[]) : [])

const KILLS = 6

const tryNow = async (database: string, url: string, kills: number): Promise<Trials> => {
  const seed = Date.now() % 1_000_000
  const { promised, broken } = await runKillTrials(kills, seed, url)
  return {
    database,
    date: new Date().toISOString().slice(0, 10),
    seed,
    kills,
    promised,
    broken: broken.length,
  }
}

const checkOfDatabase = (database: string, trials: readonly Trials[]): Check['results'] => {
  const mine = trials.filter((one) => one.database === database && one.promised > 0)
  if (mine.length === 0) return [{ server: `Liaison, ${database}`, measured: '', verdict: 'not measured' }]
  const kills = mine.reduce((sum, one) => sum + one.kills, 0)
  const broken = mine.reduce((sum, one) => sum + one.broken, 0)
  const [result] = checkOf(
    '',
    { text: '', bounds: [{ most: 0 }, { least: 100 }] },
    { text: '', bounds: [null, { least: 1_000 }] },
    [{ server: `Liaison, ${database}`, values: [broken, kills], text: `${broken} lost in ${kills} kills` }],
  ).results
  // Fewer kills than the gate asks for prove nothing, but a loss in them does.
  if (result === undefined || (kills < 100 && broken === 0))
    return [{ server: `Liaison, ${database}`, measured: `0 lost in ${kills} kills`, verdict: 'not measured' }]
  return [result]
}

export const run = async (bed: Bed, quick: boolean): Promise<PartFigures> => {
  const trials = found()
  trials.push(await tryNow('embedded', '', quick ? 1 : KILLS))
  if (bed.postgresqlUrl !== null && !quick) trials.push(await tryNow('PostgreSQL', bed.postgresqlUrl, KILLS))
  return {
    tables: [
      {
        title: 'kill -9 while people type',
        means:
          'Two people type unique words, a third looks on; the server is killed at a random moment and started again on the same data. Promised: words that somebody else had seen or that were acknowledged. Each must be there exactly once. Long runs are listed with the last short one.',
        head: ['database', 'date', 'seed', 'kills', 'words promised', 'lost or doubled'],
        rows: trials.map(({ database, date, seed, kills, promised, broken }) => [
          database,
          date,
          seed,
          kills,
          promised,
          broken,
        ]),
      },
    ],
    checks: [
      {
        work: 'kill -9 in the middle, 100 trials',
        gate: '0 lost',
        stretch: '0 of 1,000',
        results: ['PostgreSQL', 'embedded'].flatMap((database) => checkOfDatabase(database, trials)),
      },
    ],
  }
}
