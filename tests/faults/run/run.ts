import { Bed, type Kind } from '@/tests/faults/run/bed'
import { check, checkKept, settle } from '@/tests/faults/run/checker'
import { type Fault, pause } from '@/tests/faults/run/fault'
import { FAULTS } from '@/tests/faults/run/faults'
import { type Random, seeded, whole } from '@/tests/support/seeded'

export interface Report {
  kind: Kind
  seed: number
  minutes: number
  rounds: number
  typed: number
  promised: number
  rows: number
  openings: number
  /** Times that a server ended itself, as it must after a failed disk. */
  endedItself: number
  faults: { name: string; times: number; slowestSettleMs: number }[]
  leftOut: { name: string; why: string }[]
  violations: string[]
  table: string
}

/** Faults on one set of sections; then new ones, so that the last check costs what the first does. */
const ROUNDS_ON_SECTIONS = 6

/** Types, breaks something, waits until all is well, checks; until the time is over or something does not hold. */
export const runFaults = async (
  kind: Kind,
  minutes: number,
  seed: number,
  { path, logs }: { path: string; logs: string },
  { say, isStopped }: { say(line: string): void; isStopped(): boolean },
): Promise<Report> => {
  const random = seeded(seed)
  // Typing has its own numbers: how much is typed must not change which fault is next.
  const bed = new Bed(kind, seeded(seed + 1), path, logs)
  const done = new Map<Fault, { times: number; slowestSettleMs: number }>()
  const totals = { typed: 0, promised: 0, rows: 0, openings: 0 }
  const began = performance.now()
  let rounds = 0
  let now = 'nothing yet'
  let leftOut: Report['leftOut'] = []
  let possible: Fault[] = []
  try {
    await bed.open()
    possible = FAULTS.filter((fault) => fault.missing(bed) === null)
    leftOut = FAULTS.flatMap((fault) => {
      const why = fault.missing(bed)
      return why === null ? [] : [{ name: fault.name, why }]
    })
    const minutesGone = () => (performance.now() - began) / 60_000
    while (minutesGone() < minutes && !isStopped() && bed.violations.length === 0) {
      if (rounds % ROUNDS_ON_SECTIONS === 0) await bed.newSections()
      const fault = draw(random, possible)
      bed.startTyping()
      await pause(300 + whole(random, 700))
      now = fault.name
      await inTime(fault.run(bed), fault.name)
      await checkKept(bed)
      await pause(200)
      bed.stopTyping()
      const settleMs = Math.round(await settle(bed))
      const counts = await check(bed)
      rounds++
      const sum = done.get(fault) ?? { times: 0, slowestSettleMs: 0 }
      done.set(fault, { times: sum.times + 1, slowestSettleMs: Math.max(sum.slowestSettleMs, settleMs) })
      if (rounds % ROUNDS_ON_SECTIONS === 0 || minutesGone() >= minutes || bed.violations.length > 0)
        for (const key of ['typed', 'promised', 'rows', 'openings'] as const) totals[key] += counts[key]
      say(
        `${minutesGone().toFixed(1)} min · ${fault.name} · settled in ${settleMs} ms · ${counts.promised} promised · ${bed.violations.length} violations`,
      )
    }
    const chains = await bed.witness.insist<{ faults: unknown[] }>({ what: 'chains' })
    if (chains.faults.length > 0)
      bed.violations.push(`the record's chains do not hold: ${JSON.stringify(chains.faults)}`)
  } catch (error) {
    bed.violations.push(
      `the run itself failed in or after ${now}: ${error instanceof Error ? error.stack : String(error)}`,
    )
  } finally {
    await bed.close().catch((error: unknown) => say(`could not be closed: ${String(error)}`))
  }
  const faults = [...done].map(([{ name }, sum]) => ({ name, ...sum }))
  const endedItself = bed.nodes.reduce((sum, { process }) => sum + process.endedItself, 0)
  const spent = Math.round((performance.now() - began) / 6_000) / 10
  const report = { kind, seed, minutes: spent, rounds, ...totals, endedItself, faults, leftOut }
  const { violations } = bed
  return { ...report, violations, table: tableOf({ ...report, violations }) }
}

/** A fault that does not end would leave a run without a word. */
const LONGEST_FAULT_MS = 120_000

const inTime = async (run: Promise<void>, name: string): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} did not come to its end`)), LONGEST_FAULT_MS)
  })
  await Promise.race([run, late]).finally(() => clearTimeout(timer))
}

const draw = (random: Random, faults: readonly Fault[]): Fault => {
  let left = random() * faults.reduce((sum, { weight }) => sum + weight, 0)
  for (const fault of faults) {
    left -= fault.weight
    if (left < 0) return fault
  }
  return faults.at(-1) as Fault
}

const tableOf = (report: Omit<Report, 'table'>): string =>
  [
    `${report.kind}, seed ${report.seed}: ${report.rounds} faults in ${report.minutes} minutes, ${report.typed} tokens typed, ${report.promised} promised, ${report.rows} rows, ${report.openings} deliveries of sections, ${report.endedItself} times a server ended itself`,
    '',
    '| fault | times | slowest recovery, ms |',
    '|---|---|---|',
    ...report.faults
      .toSorted((a, b) => a.name.localeCompare(b.name))
      .map(({ name, times, slowestSettleMs }) => `| ${name} | ${times} | ${slowestSettleMs} |`),
    '',
    ...(report.leftOut.length === 0
      ? []
      : ['Left out here:', ...report.leftOut.map(({ name, why }) => `- ${name}: ${why}`), '']),
    report.violations.length === 0
      ? 'No violation.'
      : `${report.violations.length} VIOLATIONS:\n- ${report.violations.join('\n- ')}`,
  ].join('\n')
