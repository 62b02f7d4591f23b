import type { Bed } from '@/tests/bench/bed'
import { median, type PartFigures, round, type Table } from '@/tests/bench/figures'
import { typedDocument } from '@/tests/bench/load/documents'
import { openOnce } from '@/tests/bench/parts/open'

/** Opens of each history: every one in a section of its own, so that each is cold. */
const OPENS = 3
/** After this no longer history is written. */
const LATEST_MS = 60_000

export const run = async (bed: Bed, quick: boolean): Promise<PartFigures> => {
  const rows: Table['rows'] = []
  const began = performance.now()
  const file = bed.file(typedDocument(quick ? 1_000 : 3_600))
  for (const server of await bed.ours()) {
    const most = quick ? 100 : server.name === 'Liaison, PostgreSQL' ? 1_000_000 : 100_000
    try {
      for (let updates = quick ? 100 : 1_000; updates <= most; updates *= 10) {
        if (performance.now() - began > LATEST_MS) {
          bed.notes.push(`${server.name}: no history of ${updates} updates, the machine was too slow`)
          break
        }
        const before = await server.ask<number>('stored')
        const cold: number[] = []
        // A million rows are put there once; shorter histories several times.
        const opens = updates >= 100_000 ? 1 : OPENS
        for (let i = 0; i < opens; i++) {
          const id = await server.ask<string>('history', { file, updates })
          cold.push(await openOnce(server, `/collab/${id}`, i))
        }
        const after = await server.ask<number>('stored')
        const bytes = (after - before) / opens
        rows.push([
          server.name,
          updates,
          round(median(cold)),
          round(bytes / 1e6),
          Math.round(bytes / updates),
        ])
      }
    } catch (error) {
      bed.failed(server.name, error)
    }
  }
  return {
    tables: [
      {
        title: 'Growth: history of one section',
        means:
          'A section of 10 kB with so many stored updates of one keystroke each before its last snapshot. Opening reads the snapshot and what came after it, so it does not grow with the history; storage does, in proportion, with author, session, hash and indexes. One row usually holds several keystrokes: what one person sent during one commit.',
        head: ['server', 'updates', 'cold open ms', 'stored MB', 'bytes per update'],
        rows,
      },
    ],
    checks: [],
  }
}
