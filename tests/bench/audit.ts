import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { newId } from '@/lib/ids'
import type { RecordFilter } from '@/lib/views/record'
import { createRecorder, type Recorder } from '@/server/audit/append'
import { readRecord } from '@/server/audit/read'
import { recordChoices } from '@/server/audit/record-choices'
import { cursorOf } from '@/server/audit/record-query'
import { sequenceBatch, startSequencer } from '@/server/audit/sequence'
import type { Database } from '@/server/db/client'
import { migrate } from '@/server/db/migrate'
import { openDatabase } from '@/server/db/open-database'
import { silentMeter } from '@/server/meter'
import { percentile } from '@/tests/bench/figures'
import { openServerTestDatabase, testPersonKeys } from '@/tests/support/database'
import { type LoadedRecord, loadRecord } from './audit-rows'

export interface AuditFigures {
  database: string
  rows: number
  /** Milliseconds of one page of 50 with names and sentences, by what was asked. */
  pages: Record<string, { p50: number; p95: number; rows: number }>
  /** Events committed per second, one or several in a transaction, eight transactions at a time; milliseconds of one. */
  appended: { inOne: number; perSecond: number; p50: number; p99: number }[]
  /** Events put into their tree per second, while nothing is accepted. */
  sequenced: number
  /** Both at once: accepted by eight transactions at a time while the sequencer runs; milliseconds from the transaction's beginning. */
  together: Together[]
}

export interface Together {
  inOne: number
  /** Accepted, and in their tree, per second of the whole run. */
  perSecond: number
  accepted: { p50: number; p99: number }
  sequenced: { p50: number; p99: number }
  /** Microseconds of this process's CPU for one event: what a busy machine does not change much. */
  cpu: number
}

export interface AuditSizes {
  rows: number
  embeddedRows: number
  /** How often each page is read, and how long events are appended. */
  rounds: number
  seconds: number
}

/** The record's page with many rows, and how fast it is written. @param url null: PostgreSQL is left out */
export async function benchAudit(url: string | null, sizes: AuditSizes): Promise<AuditFigures[]> {
  const { rows, embeddedRows } = sizes
  const figures: AuditFigures[] = []
  if (url !== null) figures.push(await measure('PostgreSQL', await openServerTestDatabase(url), rows, sizes))
  const folder = mkdtempSync(join(tmpdir(), 'liaison-bench-'))
  try {
    const db = await openDatabase({ databaseUrl: null, dataDir: folder, log: { warn: console.warn } })
    await migrate(db)
    figures.push(await measure('embedded', db, embeddedRows, sizes))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return figures
}

async function measure(
  database: string,
  db: Database,
  rows: number,
  { rounds, seconds }: AuditSizes,
): Promise<AuditFigures> {
  try {
    const record = await loadRecord(db, rows)
    const pages: AuditFigures['pages'] = {}
    for (const [name, filter] of Object.entries(filtersOf(record))) {
      for (const [place, at] of [
        ['', null],
        [' (deep)', new Date('2024-02-01')],
      ] as const) {
        const cursor = at && cursorOf({ at, id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' })
        pages[name + place] = await timed(rounds, async () => {
          const page = await readRecord(db, {
            workspaceId: record.workspaceId,
            scope: { kind: 'whole' },
            filter,
            cursor,
          })
          return page.rows.length
        })
      }
    }
    pages['choices of the filter'] = await timed(
      rounds,
      async () => (await recordChoices(db, { ...record, scope: { kind: 'whole' } })).people.length,
    )
    const appended = []
    for (const inOne of [1, 10, 30, 100]) appended.push(await appendRate(db, inOne, seconds))
    const sequenced = await sequenceRate(db, seconds)
    const together = []
    for (const inOne of [10, 30, 100]) together.push(await togetherRate(db, inOne, seconds))
    return { database, rows, pages, appended, sequenced, together }
  } finally {
    await db.close()
  }
}

const filtersOf = (r: LoadedRecord): Record<string, RecordFilter> => ({
  everything: {},
  person: { personId: r.person },
  'rare person': { personId: r.rarePerson },
  organisation: { orgId: r.org },
  document: { documentId: r.document },
  section: { sectionId: r.section },
  'rare section': { sectionId: r.rareSection },
  'common type': { type: 'section.opened' },
  'rare type': { type: 'boundary.widened' },
  'absent type': { type: 'section.frozen' },
  denied: { outcome: 'denied' },
  failed: { outcome: 'failed' },
  'one day': { from: '2024-06-01T00:00:00.000Z', until: '2024-06-02T00:00:00.000Z' },
  'person + rare type': { personId: r.person, type: 'boundary.widened' },
  'person + denied': { personId: r.person, outcome: 'denied' },
  'organisation + rare type': { orgId: r.org, type: 'boundary.widened' },
  'organisation + denied + month': {
    orgId: r.org,
    outcome: 'denied',
    from: '2024-01-05T00:00:00.000Z',
    until: '2024-02-05T00:00:00.000Z',
  },
  'person + section': { personId: r.person, sectionId: r.section },
  'person + rare section': { personId: r.person, sectionId: r.rareSection },
  'document + common type': { documentId: r.document, type: 'section.opened' },
  'document + absent type': { documentId: r.document, type: 'section.frozen' },
  'organisation + failed': { orgId: r.org, outcome: 'failed' },
})

async function timed(rounds: number, act: () => Promise<number>) {
  const times: number[] = []
  let rows = 0
  for (let i = 0; i < rounds; i++) {
    const start = performance.now()
    rows = await act()
    times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => Number((times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(1))
  return { p50: at(0.5), p95: at(0.95), rows }
}

/** Eight at a time, each transaction with `inOne` typical events. @returns how long each took */
async function appendFor(
  { db, recorder }: { db: Database; recorder: Recorder },
  inOne: number,
  until: number,
  accepted: (begun: number) => void,
): Promise<number[]> {
  const [workspaceId, documentId, sectionId] = [newId(), newId(), newId()]
  const actor = { personId: newId(), orgId: newId(), sessionId: newId() }
  const took: number[] = []
  const work = async () => {
    for (let began = performance.now(); began < until; began = performance.now()) {
      await db.transaction(async (tx) => {
        for (let i = 0; i < inOne; i++) {
          recorder.append(tx, {
            type: 'section.opened',
            outcome: 'allowed',
            actor,
            object: { workspaceId, documentId, sectionId },
            decision: { rule: 'R7', level: 'edit', rows: [workspaceId] },
            correlation: documentId,
            clear: { address: '192.0.2.1' },
          })
        }
        tx.afterCommit(() => accepted(began))
      })
      took.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: 8 }, work))
  return took
}

const servicesOn = (db: Database) => ({
  db,
  recorder: createRecorder({ node: `bench-${newId()}`, keys: testPersonKeys() }),
  log: pino({ level: 'silent' }),
  meter: silentMeter,
})

async function appendRate(db: Database, inOne: number, seconds: number) {
  const start = performance.now()
  const took = await appendFor(servicesOn(db), inOne, start + seconds * 1_000, () => {})
  const perSecond = Math.round((took.length * inOne * 1_000) / (performance.now() - start))
  return { inOne, perSecond, p50: percentile(took, 0.5), p99: percentile(took, 0.99) }
}

/** An event counts as sequenced when as many have been moved as were accepted up to its own commit. */
async function togetherRate(db: Database, inOne: number, seconds: number): Promise<Together> {
  const services = servicesOn(db)
  const sequencer = startSequencer(services)
  const waiting: { count: number; begun: number }[] = []
  const sequenced: number[] = []
  let [accepted, moved] = [0, 0]
  let done = () => {}
  sequencer.onMoved((events) => {
    moved += events
    while (waiting[0] && waiting[0].count <= moved)
      sequenced.push(performance.now() - (waiting.shift()?.begun ?? 0))
    if (moved >= accepted) done()
  })
  const start = performance.now()
  const cpu = process.cpuUsage()
  const took = await appendFor(services, inOne, start + seconds * 1_000, (begun) => {
    accepted += inOne
    waiting.push({ count: accepted, begun })
  })
  if (moved < accepted)
    await new Promise<void>((resolve) => {
      done = resolve
    })
  const { user, system } = process.cpuUsage(cpu)
  const elapsed = performance.now() - start
  await sequencer.stop()
  const of = (values: number[]) => ({ p50: percentile(values, 0.5), p99: percentile(values, 0.99) })
  return {
    inOne,
    perSecond: Math.round((accepted * 1_000) / elapsed),
    accepted: of(took),
    sequenced: of(sequenced),
    cpu: Math.round((user + system) / accepted),
  }
}

async function sequenceRate(db: Database, seconds: number): Promise<number> {
  const start = performance.now()
  let events = 0
  const services = servicesOn(db)
  for (let moved = 1; moved > 0 && performance.now() - start < seconds * 2_000; events += moved) {
    const batch = await sequenceBatch(services)
    moved = typeof batch === 'object' ? batch.taken : 0
  }
  return Math.round((events * 1_000) / (performance.now() - start))
}
