import type { Bed } from '@/tests/bench/bed'
import { benchDecide } from '@/tests/bench/decide'
import { checkOf, type PartFigures, round } from '@/tests/bench/figures'

export const run = async (_bed: Bed, quick: boolean): Promise<PartFigures> => {
  const figures = benchDecide(quick ? 3 : 150)
  const slowest = Math.max(...figures.map(({ nanoseconds }) => nanoseconds)) / 1_000
  return {
    tables: [
      {
        title: '`decide`',
        means:
          'Nanoseconds of one decision on facts that are loaded already; the best of many short rounds, all worlds warmed up together.',
        head: ['world', 'ns'],
        rows: figures.map(({ world, nanoseconds }) => [world, Math.round(nanoseconds)]),
      },
    ],
    checks: [
      checkOf(
        '`decide`',
        { text: '≤ 1 µs', bounds: [{ most: 1 }] },
        { text: '≤ 0.3 µs', bounds: [{ most: 0.3 }] },
        [
          {
            server: 'Liaison',
            values: [slowest],
            text: `${round(slowest)} µs (the slowest of ${figures.length} worlds)`,
          },
        ],
      ),
    ],
  }
}
