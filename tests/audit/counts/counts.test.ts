import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { kindOf } from '@/lib/audit/event-kinds'
import { type Span, spanOf } from '@/lib/audit/figures/span'
import { newId } from '@/lib/ids'
import { countEvents } from '@/server/audit/counts/count-events'
import { type CountQuery, readCounts } from '@/server/audit/counts/read-counts'
import { type RecordScope, withinScope } from '@/server/audit/scope'
import { sequenceBatch } from '@/server/audit/sequence'
import type { Database } from '@/server/db/client'
import { type Happened, happen, randomEvents, START } from '@/tests/audit/counts/events'
import { type TestServices, testServices } from '@/tests/support/services'
import { threeAgencies } from '@/tests/support/three-agencies'

const DAY = 86_400_000
let services: TestServices
let db: Database
let base: Awaited<ReturnType<typeof threeAgencies>>
let elsewhere: string
let events: Happened[]

beforeEach(async () => {
  services = await testServices()
  db = services.db
  base = await threeAgencies(db)
  elsewhere = newId()
  events = fc.sample(randomEvents(base, elsewhere), { numRuns: 1, seed: 21 })[0] ?? []
  expect(events.length).toBeGreaterThanOrEqual(200)
})
afterEach(() => services.close())

const countSome = (most: number) => db.transaction((tx) => countEvents(tx, most))
const countAll = async (most: number) => {
  while (await countSome(most));
}
const sequenceAll = async () => {
  for (;;) {
    const moved = await sequenceBatch(services)
    if (typeof moved === 'string') throw new Error(`the sequencer is ${moved}`)
    if (moved.taken === 0) return
  }
}

const SPANS: Record<Span['step'], Span> = {
  hour: span(START + DAY, START + 4 * DAY),
  day: span(START - 5 * DAY, START + 15 * DAY),
  week: span(START - 60 * DAY, START + 60 * DAY),
}
function span(from: number, until: number): Span {
  return spanOf({ from: new Date(from).toISOString(), until: new Date(until).toISOString() }, new Date(until))
}

/** The same question put to the rows themselves, without any of the code under test. */
const byHand = async (query: Pick<CountQuery, 'scope' | 'span' | 'about'>) => {
  const { scope, span, about } = query
  const where =
    about === 'workspace' ? 'true' : about === 'documents' ? 'document_id is not null' : 'section_id = $4'
  const { rows } = await db.query<{ type: never; outcome: string; n: number }>(
    `select type, outcome, count(*) as n from audit_inbox where scope_id = $1 and at >= $2 and at < $3
     and ${where} and ${scope.kind === 'whole' ? 'true' : withinScope(`'${scope.orgId}'`)} group by 1, 2`,
    [base.workspaceId, span.from, span.until, ...(typeof about === 'object' ? [about.sectionId] : [])],
  )
  const sums: Record<string, number> = {}
  for (const { type, outcome, n } of rows) {
    const key = `${kindOf(type)} ${outcome}`
    sums[key] = (sums[key] ?? 0) + n
  }
  return sums
}

const asked = async (query: Pick<CountQuery, 'scope' | 'span' | 'about'>, by: CountQuery['by']) => {
  const counts = await readCounts(db, { workspaceId: base.workspaceId, by, ...query })
  const sums: Record<string, number> = {}
  for (const { kind, outcome, events: n } of counts) {
    const key = `${kind} ${outcome}`
    sums[key] = (sums[key] ?? 0) + n
  }
  return sums
}

const expectEqual = async () => {
  const scopes: RecordScope[] = [
    { kind: 'whole' },
    ...Object.values(base.orgs).map((orgId) => ({ kind: 'agency' as const, orgId })),
  ]
  const abouts = ['workspace', 'documents', { sectionId: base.sections.shared }] as const
  let seen = 0
  for (const scope of scopes)
    for (const step of ['hour', 'day', 'week'] as const)
      for (const about of abouts) {
        const query = { scope, span: SPANS[step], about }
        const truth = await byHand(query)
        seen += Object.keys(truth).length
        if (about !== 'documents') expect(await asked(query, ['at'])).toEqual(truth)
        else {
          const cells = await readCounts(db, {
            workspaceId: base.workspaceId,
            by: ['about_id', 'actor_org_id'],
            ...query,
          })
          const all = (of: number[]) => of.reduce((sum, one) => sum + one, 0)
          expect(all(cells.map((one) => one.events))).toBe(all(Object.values(truth)))
        }
      }
  expect(seen).toBeGreaterThan(200)
}

describe('figures equal the rows of the record, whoever asks', () => {
  test('before anything is counted, half way, and when all is', async () => {
    await happen(db, 'a', events.slice(0, 150))
    await expectEqual()
    await sequenceAll()
    await expectEqual()
    await countSome(40)
    await expectEqual()
    await happen(db, 'b', events.slice(150))
    await expectEqual()
    await sequenceAll()
    await countAll(33)
    await expectEqual()
    const { rows } = await db.query<{ n: number }>(
      `select sum(events)::int8 as n from record_counts where about_id = $1 and grain = 'day'`,
      [base.workspaceId],
    )
    const here = events.filter(({ draft }) => draft.object.workspaceId === base.workspaceId)
    expect(rows).toEqual([{ n: here.length }])
  })

  test('a node that dies between counting and COMMIT leaves nothing; the next one goes on where the last one was', async () => {
    await happen(db, 'a', events)
    await sequenceAll()
    await countSome(50)
    await expect(
      db.transaction(async (tx) => {
        await countEvents(tx, 50)
        throw new Error('killed')
      }),
    ).rejects.toThrow('killed')
    await expectEqual()
    await countAll(50)
    await expectEqual()
  })

  test('two nodes at once count every event once', async () => {
    await happen(db, 'a', events)
    await sequenceAll()
    await Promise.all([countAll(30), countAll(30)])
    await expectEqual()
    const { rows } = await db.query<{ n: number }>('select max(next) as n from record_followers')
    expect(rows).toEqual([
      { n: events.filter(({ draft }) => draft.object.workspaceId === base.workspaceId).length },
    ])
  })

  test('emptied with their follower, the sums come back the same', async () => {
    await happen(db, 'a', events)
    await sequenceAll()
    await countAll(70)
    const rows = async () =>
      (await db.query('select * from record_counts order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10')).rows
    const before = await rows()
    expect(before.length).toBeGreaterThan(100)
    await db.query('truncate record_counts, record_followers')
    await countAll(1_000)
    expect(await rows()).toEqual(before)
  })
})
