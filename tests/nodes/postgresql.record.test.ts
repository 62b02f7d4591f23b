import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '@/lib/ids'
import { openKeptCheckpoints } from '@/server/audit/trees/kept-checkpoints'
import { moveBatch } from '@/server/audit/trees/move-batch'
import { verifyRecord } from '@/server/audit/verify-record'
import { FaultProxy } from '@/tests/support/fault-proxy'
import { Cluster } from '@/tests/support/sync/cluster'

let cluster: Cluster
let slow: FaultProxy

beforeAll(async () => {
  cluster = await Cluster.open()
  const port = Number(new URL(cluster.databaseUrl).port || 5432)
  slow = await FaultProxy.listen(() => port)
})
afterAll(async () => {
  await cluster.close()
  await slow.close()
})

const accept = (times: number) =>
  cluster.services.db.transaction(async (tx) => {
    for (let i = 0; i < times; i++)
      cluster.services.recorder.append(tx, {
        type: 'workspace.viewed',
        outcome: 'allowed',
        actor: { personId: null, orgId: null, sessionId: null },
        object: { workspaceId: cluster.world.workspaceId },
        correlation: newId(),
      })
  })
const count = async (text: string): Promise<number> =>
  (await cluster.services.db.query<{ n: number }>(`select count(*) as n from ${text}`)).rows[0]?.n ?? 0
const untilSequenced = () => expect.poll(() => count('audit_pending'), { timeout: 40_000 }).toBe(0)

/** Every accepted event stands in its tree once, in an order without holes, and everything holds. */
const expectOneHistory = async () => {
  expect(await count('audit_log')).toBe(await count('audit_inbox'))
  const kept = await openKeptCheckpoints('/nonexistent')
  expect((await verifyRecord(cluster.services.db, { only: null, kept })).faults).toEqual([])
  expect(await count(`audit_inbox where type = 'record.gap_found'`)).toBe(0)
}

test('two nodes at once make one history of what four chains accept at the same time', async () => {
  await Promise.all([cluster.start(), cluster.start()])
  await Promise.all(Array.from({ length: 40 }, () => accept(25)))
  await untilSequenced()
  await expectOneHistory()
  await Promise.all(cluster.nodes.map((node) => node.kill()))
})

test('a sequencer that is stopped in the middle of a batch is cut off, another goes on, and what wakes does not fork', async () => {
  const url = new URL(cluster.databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String(slow.port)
  const first = await cluster.start({ databaseUrl: url.href })
  Object.assign(slow.out, { latencyMs: 150 })
  slow.apply()
  await accept(500)
  // Nobody else sequences yet: whoever holds the lock is the first node, with the batch in hand.
  await expect
    .poll(() => count(`pg_locks where locktype = 'advisory' and objid = 6013428 and granted`), {
      timeout: 20_000,
      interval: 20,
    })
    .toBe(1)
  first.process.kill('SIGSTOP')
  await cluster.start()
  await accept(500)
  await untilSequenced()
  await expectOneHistory()
  Object.assign(slow.out, { latencyMs: 0 })
  slow.apply()
  first.process.kill('SIGCONT')
  await first.says(/could not be put into the order|database connection lost/)
  await accept(500)
  await untilSequenced()
  await expectOneHistory()
})

test('two sequencers without the lock: the second finds another head and leaves nothing', async () => {
  await Promise.all(cluster.nodes.map((node) => node.kill()))
  await accept(10)
  const { db } = cluster.services
  const before = await count('audit_log')
  let moved = () => {}
  const firstMoved = new Promise<void>((resolve) => {
    moved = resolve
  })
  let go = () => {}
  const mayCommit = new Promise<void>((resolve) => {
    go = resolve
  })
  const first = db.transaction(async (tx) => {
    await moveBatch(tx, 10, () => null)
    moved()
    await mayCommit
  })
  await firstMoved
  const second = db.transaction((tx) => moveBatch(tx, 10, () => null))
  const refused = expect(second).rejects.toThrow()
  await expect.poll(() => count('pg_locks where not granted')).toBeGreaterThan(0)
  go()
  await first
  await refused
  expect(await count('audit_log')).toBe(before + 10)
  await expectOneHistory()
})
