import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Check, PartFigures, Table } from '@/tests/bench/figures'
import type { Machine } from '@/tests/bench/machine'
import { PART_NAMES, type PartName } from '@/tests/bench/part-list'

/** The last run of one part. */
export interface PartRun {
  /** ISO time, and the load average of the machine when it began. */
  at: string
  load: number
  seconds: number
  machine: Machine
  figures: PartFigures | null
  failures: string[]
  notes: string[]
}

export type Runs = Partial<Record<PartName, PartRun>>

const docs = (name: string): string => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url))
const FIGURES = docs('performance.json')
const PAGE = docs('performance.md')

export const readRuns = (): Runs =>
  existsSync(FIGURES) ? (JSON.parse(readFileSync(FIGURES, 'utf8')) as Runs) : {}

/** Keeps the figures of parts that were not run again, and writes the page anew from all of them. */
export const writeRuns = (runs: Runs): void => {
  const inOrder = Object.fromEntries(PART_NAMES.flatMap((name) => (runs[name] ? [[name, runs[name]]] : [])))
  writeFileSync(FIGURES, `${JSON.stringify(inOrder, null, 1)}\n`)
  writeFileSync(PAGE, pageOf(runs))
}

const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`

const numberOf = (cell: string | number): string => {
  if (typeof cell === 'string') return cell
  if (!Number.isFinite(cell)) return '–'
  return cell >= 10_000 ? cell.toLocaleString('en-GB') : String(cell)
}

export const tableOf = ({ title, means, head, rows }: Table, level = '###'): string =>
  [
    `${level} ${title}`,
    '',
    means,
    '',
    line(head),
    line(head.map((_, i) => (i === 0 ? '---' : '--:'))),
    ...rows.map((row) => line(row.map(numberOf))),
    '',
  ].join('\n')

/** The gates, a row each, with our two databases beside each other. */
const gatesOf = (checks: readonly Check[]): string => {
  const cell = (check: Check, database: string): string => {
    const result = check.results.find(({ server }) => server === 'Liaison' || server.endsWith(database))
    if (result === undefined) return ''
    if (result.verdict === 'not measured')
      return result.measured === '' ? '–' : `${result.measured} (too few)`
    const verdict = result.verdict === 'MISSED' ? '**missed**' : result.verdict
    return `${result.measured}: ${verdict}`
  }
  return [
    line(['work', 'gate', 'stretch', 'on PostgreSQL', 'embedded']),
    line(['---', '---', '---', '---', '---']),
    ...checks.map((check) =>
      line([check.work, check.gate, check.stretch, cell(check, 'PostgreSQL'), cell(check, 'embedded')]),
    ),
    '',
  ].join('\n')
}

const measuredAt = ({ at, load, seconds, failures, notes, figures }: PartRun): string =>
  [
    `Measured ${at.slice(0, 16).replace('T', ' ')} UTC in ${Math.round(seconds)} s; load average at the start ${load}.`,
    ...(figures === null ? ['This part failed: there are no figures.'] : []),
    ...notes.map((note) => `${note}.`),
    ...failures.map((failure) => `Failed: ${failure}.`),
  ].join(' ')

const partOf = (run: PartRun): string => {
  const tables = run.figures?.tables.map((table) => tableOf(table)).join('\n') ?? ''
  const remarks = (run.figures?.remarks ?? []).map((remark) => `${remark}\n\n`).join('')
  return `${tables}\n${remarks}${measuredAt(run)}\n`
}

const pageOf = (runs: Runs): string => {
  const all = PART_NAMES.flatMap((name) => (runs[name] === undefined ? [] : [{ name, run: runs[name] }]))
  const newest = all.toSorted((a, b) => b.run.at.localeCompare(a.run.at))[0]?.run
  if (newest === undefined) return ''
  const { machine } = newest
  return `# Performance

Written by \`npm run bench\`, which keeps its last figures in \`performance.json\`. Do not edit: run it.

${machine.cores} cores (${machine.cpu}), ${machine.memoryGib} GiB of memory, ${machine.kernel}, Node ${machine.node}.
PostgreSQL ${machine.postgresql}. ${machine.versions}.

Servers, each in a process of its own, and one process that makes the load, share these cores: **read ratios, not
absolutes**. Every figure is the median of rounds in which all servers took turns; the first round does not count.
“Relay” is a bare \`ws\` server that forwards each binary frame undecoded; “coalesced relay” lays the frames of one turn
of the event loop end to end and writes once to each receiver. Neither keeps or checks anything. All servers hold the
same documents and get the same keystrokes from the same clients, which are plain sockets that cost all of them the
same. Ours runs as in production: sessions and access from the database, the gate, authorship, every keystroke
committed to disk and on record before anyone sees it. CPU is that of the server process with all its threads; the
embedded database runs inside it, PostgreSQL beside it, where its own CPU is stated.

## Gates

${gatesOf(all.flatMap(({ run }) => run.figures?.checks ?? []))}
## How to repeat

\`\`\`
npm ci
npm run bench                       everything, about a quarter of an hour; the machine should have nothing else to do
npm run bench fan-out latency       only these: ${PART_NAMES.join(', ')}
npm run bench -- --quick            seconds, and figures that mean nothing: does every part still work?
TEST_DATABASE_URL=postgresql://…    another PostgreSQL server than the one on this machine; databases are made and dropped
BENCH_NODE_ARGS=--cpu-prof          profiles of every server, in the folder it is started in
\`\`\`

## Figures

${all.map(({ run }) => partOf(run)).join('\n')}`
}
