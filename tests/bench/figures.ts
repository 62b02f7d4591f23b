import type { ServerName } from '@/tests/bench/servers'

/** One number that was measured, and what it counts. */
export type Cell = string | number

export interface Table {
  title: string
  /** What a row means and how it was measured, in a sentence or two. */
  means: string
  head: string[]
  rows: Cell[][]
}

export type Verdict = 'stretch met' | 'gate met' | 'MISSED' | 'not measured'

/** One row of the gates. */
export interface Check {
  work: string
  gate: string
  stretch: string
  results: { server: string; measured: string; verdict: Verdict }[]
}

export interface PartFigures {
  tables: Table[]
  checks: Check[]
  /** Sentences for the page: what bounds a figure, and what was tried. They must hold for other figures too. */
  remarks?: string[]
}

/** A bound that a figure must keep: at most or at least. */
export type Bound = { most: number } | { least: number }

const keeps = (value: number, bound: Bound): boolean =>
  'most' in bound ? value <= bound.most : value >= bound.least

/**
 * @param measured per server: one value for each bound (a work may have two), and how to say it
 */
export const checkOf = (
  work: string,
  gate: { text: string; bounds: Bound[] },
  stretch: { text: string; bounds: (Bound | null)[] },
  measured: readonly { server: string; values: number[]; text: string }[],
): Check => ({
  work,
  gate: gate.text,
  stretch: stretch.text,
  results: measured.map(({ server, values, text }) => {
    const all = (bounds: (Bound | null)[]) =>
      bounds.every((bound, i) => bound === null || keeps(values[i] ?? Number.NaN, bound))
    const isMeasured = values.every(Number.isFinite)
    const kept = !all(gate.bounds) ? 'MISSED' : all(stretch.bounds) ? 'stretch met' : 'gate met'
    return { server, measured: isMeasured ? text : '', verdict: isMeasured ? kept : 'not measured' }
  }),
})

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b)

/** @param share from 0 to 1 */
export const percentile = (values: readonly number[], share: number): number =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN

export const median = (values: readonly number[]): number => percentile(values, 0.5)

/** With as many digits as mean something. */
export const round = (value: number, digits = 3): number =>
  Number.isFinite(value)
    ? Number(value.toPrecision(Math.max(digits, Math.ceil(Math.log10(Math.abs(value) + 1)))))
    : value

export const times = (value: number): string => `${round(value, 3)}×`

/** How many times the yardstick; of nothing there is no ratio. */
export const timesOf = (value: number, yardstick: number): string =>
  yardstick > 0 ? times(value / yardstick) : '–'

/** Medians over rounds of every server that took part. */
export type Rounds<T> = Map<ServerName, T[]>

export const medianOf = <T>(rounds: Rounds<T>, server: ServerName, pick: (figure: T) => number): number =>
  median((rounds.get(server) ?? []).map(pick))
