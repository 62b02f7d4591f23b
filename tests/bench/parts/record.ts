import { benchAudit } from '@/tests/bench/audit'
import type { Bed } from '@/tests/bench/bed'
import { checkOf, type PartFigures, round } from '@/tests/bench/figures'

/**
 * What one transaction writes when thousands of events happen in a second: those are openings, closings and edits, which the server
 * records in groups, the fuller the busier it is, of up to two hundred. What people do one by one is never that much.
 */
const TYPICAL = 30
const SHOWN = 6

const REMARKS = [
  'What bounds it: CPU, shared by this process and PostgreSQL, about as much on either side. For each event PostgreSQL writes three rows and their index entries; this process makes the canonical text, two hashes and a salt. So the figure moves with whatever else the machine does: the same code wrote 4,868 and 8,676 events a second on one day.',
  'Thirty in a transaction is what the gate is held against. In tens it is not reached on every machine of this kind: eighteen runs gave between 4,380 and 8,478 events a second, three of them 8,000 or more.',
  'Tried. Personal values in the events’ own statement, and hashes and salts in one piece instead of as text: 88 instead of 115 µs of this process for each of ten events, one round trip less while the chain is locked. Salts drawn 256 at a time: 0.02 instead of 2.9 µs for one. More in one transaction: half the CPU for each event at a hundred, which is why openings and edits are recorded in groups.',
]

export const run = async (bed: Bed, quick: boolean): Promise<PartFigures> => {
  const sizes = quick
    ? { rows: 2_000, embeddedRows: 500, rounds: 1, seconds: 0.05 }
    : { rows: 300_000, embeddedRows: 50_000, rounds: 10, seconds: 3 }
  const figures = await benchAudit(quick ? null : bed.postgresqlUrl, sizes)
  return {
    tables: [
      {
        title: 'The record: written',
        means:
          'Events appended with their hashes, each transaction committed to disk, eight transactions at a time; milliseconds of one transaction. Sequenced: events per second that the background task puts into their trees.',
        head: ['database', 'events in one transaction', 'events/s', 'p50 ms', 'p99 ms', 'sequenced/s'],
        rows: figures.flatMap(({ database, appended, sequenced }) =>
          appended.map(({ inOne, perSecond, p50, p99 }) => [
            database,
            inOne,
            perSecond,
            round(p50),
            round(p99),
            sequenced,
          ]),
        ),
      },
      {
        title: 'The record: accepted and sequenced',
        means:
          'Events accepted by eight transactions at a time while the sequencer checks chains and puts them into their trees, until the last one is there. Milliseconds from the beginning of an event’s transaction to its commit, and to its place in the tree; CPU of this process for one event, in microseconds.',
        head: [
          'database',
          'events in one transaction',
          'events/s',
          'accepted p50 ms',
          'accepted p99 ms',
          'sequenced p50 ms',
          'sequenced p99 ms',
          'CPU µs',
        ],
        rows: figures.flatMap(({ database, together }) =>
          together.map(({ inOne, perSecond, accepted, sequenced, cpu }) => [
            database,
            inOne,
            perSecond,
            round(accepted.p50),
            round(accepted.p99),
            round(sequenced.p50),
            round(sequenced.p99),
            cpu,
          ]),
        ),
      },
      ...figures.map(({ database, rows, pages }) => ({
        title: `The record: read, ${database}, ${rows} events`,
        means: `One page of 50 events with names and sentences. The ${SHOWN} slowest of ${Object.keys(pages).length} questions; “deep” is two years back.`,
        head: ['question', 'p50 ms', 'p95 ms', 'events found'],
        rows: Object.entries(pages)
          .toSorted(([, a], [, b]) => b.p50 - a.p50)
          .slice(0, SHOWN)
          .map(([question, page]) => [question, page.p50, page.p95, page.rows]),
      })),
    ],
    remarks: REMARKS,
    checks: [
      checkOf(
        `records accepted and sequenced (PostgreSQL), ${TYPICAL} in a transaction`,
        {
          text: '≥ 8,000 events/s, accepted p99 ≤ 100 ms, sequenced p99 ≤ 400 ms',
          bounds: [{ least: 8_000 }, { most: 100 }, { most: 400 }],
        },
        { text: '≥ 12,000', bounds: [{ least: 12_000 }, null, null] },
        figures.map(({ database, together }) => {
          const found = together.find(({ inOne }) => inOne === TYPICAL)
          const values = [found?.perSecond, found?.accepted.p99, found?.sequenced.p99].map(
            (value) => value ?? Number.NaN,
          )
          const [perSecond = 0, accepted = 0, sequenced = 0] = values
          return {
            server: `Liaison, ${database}`,
            values,
            text: `${perSecond} events/s, accepted p99 ${round(accepted)} ms, sequenced p99 ${round(sequenced)} ms`,
          }
        }),
      ),
      checkOf(
        `records appended (PostgreSQL), ${TYPICAL} in a transaction`,
        { text: '≥ 8,000 events/s, p99 ≤ 100 ms', bounds: [{ least: 8_000 }, { most: 100 }] },
        { text: '≥ 12,000', bounds: [{ least: 12_000 }, null] },
        figures.map(({ database, appended }) => {
          const { perSecond = Number.NaN, p99 = Number.NaN } =
            appended.find(({ inOne }) => inOne === TYPICAL) ?? {}
          return {
            server: `Liaison, ${database}`,
            values: [perSecond, p99],
            text: `${perSecond} events/s, p99 ${round(p99)} ms`,
          }
        }),
      ),
    ],
  }
}
