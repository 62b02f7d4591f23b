import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { leafHash } from '@/lib/audit/chain'
import type { EventDraft } from '@/lib/audit/event'
import { type Id, newId } from '@/lib/ids'
import { createRecorder, type Recorder } from '@/server/audit/append'
import { sequenceBatch, startSequencer } from '@/server/audit/sequence'
import type { Database } from '@/server/db/client'
import { silentMeter } from '@/server/meter'
import { openTestDatabase, testPersonKeys } from '@/tests/support/database'

const draft = (workspaceId: Id | null): EventDraft => ({
  type: workspaceId ? 'workspace.viewed' : 'session.started',
  outcome: 'allowed',
  actor: { personId: null, orgId: null, sessionId: null },
  object: workspaceId ? { workspaceId } : {},
})

let db: Database
let recorder: Recorder

beforeEach(async () => {
  db = await openTestDatabase()
  recorder = createRecorder({ node: 'a', keys: testPersonKeys() })
})
afterEach(() => db.close())

const append = (workspaceId: Id | null, times = 1) =>
  db.transaction(async (tx) => {
    for (let i = 0; i < times; i++) recorder.append(tx, draft(workspaceId))
  })
const needs = () => ({ db, recorder, log: pino({ level: 'silent' }), meter: silentMeter })
/** @returns how many events it took off the list */
const sequence = async (): Promise<number> => {
  const moved = await sequenceBatch(needs())
  return typeof moved === 'object' ? moved.taken : 0
}
const rowsOf = async (text: string) => (await db.query(text)).rows

describe('sequence', () => {
  test('each tree has its own order without holes, with the leaf hash of the text', async () => {
    const workspace = newId()
    await append(workspace, 3)
    await append(null, 2)
    expect(await sequence()).toBe(5)
    await append(workspace)
    expect(await sequence()).toBe(1)
    expect(await sequence()).toBe(0)
    const log = await rowsOf(
      'select l.tree, l.index, l.leaf_hash, i.canonical from audit_log l join audit_inbox i on i.id = l.event_id order by tree, index',
    )
    expect(log.map((row) => [row.tree, row.index])).toEqual([
      ['instance', 0],
      ['instance', 1],
      ...[0, 1, 2, 3].map((index) => [`workspace:${workspace}`, index]),
    ])
    for (const row of log) expect(row.leaf_hash).toEqual(leafHash(row.canonical))
    expect(await rowsOf('select tree, size from audit_heads order by tree')).toEqual([
      { tree: 'instance', size: 2 },
      { tree: `workspace:${workspace}`, size: 4 },
    ])
    expect(await rowsOf('select * from audit_pending')).toEqual([])
  })

  test('runs beside the work, catches up, and stops cleanly', async () => {
    await append(newId(), 1_500)
    const sequencer = startSequencer(needs())
    await vi.waitFor(
      async () => expect(await rowsOf('select count(*) as n from audit_pending')).toEqual([{ n: 0 }]),
      {
        timeout: 20_000,
      },
    )
    await vi.waitFor(() => expect(sequencer.backlog()).toBe(0))
    await sequencer.stop()
    await append(null)
    expect(await rowsOf('select count(*) as n from audit_log')).toEqual([{ n: 1_500 }])
    expect(await sequence()).toBe(1)
  })

  test('two at a time put every event in once', async () => {
    await append(newId(), 2_500)
    const drain = async () => {
      while ((await rowsOf('select 1 from audit_pending limit 1')).length > 0) await sequence()
    }
    await Promise.all([drain(), drain()])
    expect(await rowsOf('select count(*) as n, max(index) as last from audit_log')).toEqual([
      { n: 2_500, last: 2_499 },
    ])
  })
})
