import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { MESSAGE, SYNC } from '@/lib/sync/protocol'
import { FaultProxy } from '@/tests/support/fault-proxy'
import { Cluster, type ClusterNode } from '@/tests/support/sync/cluster'
import { openClient, type SyncClient, untilDoc } from '@/tests/support/sync/sync-client'
import { isStep2, openRaw } from '@/tests/support/sync/sync-raw-client'

let cluster: Cluster
let database: FaultProxy
let node: ClusterNode
let clients: SyncClient[] = []

beforeAll(async () => {
  cluster = await Cluster.open()
  const url = new URL(cluster.databaseUrl)
  const port = Number(url.port || 5432)
  database = await FaultProxy.listen(() => port)
  url.hostname = '127.0.0.1'
  url.port = String(database.port)
  node = await cluster.start({ databaseUrl: url.href })
})
afterEach(() => {
  for (const client of clients) client.destroy()
  clients = []
})
afterAll(async () => {
  await cluster.close()
  await database.close()
})

const open = async (cookie: string, sectionId: string) => {
  const client = openClient({ port: node.port, sectionId, cookie })
  clients.push(client)
  await client.synced
  return client
}

/** Text or somebody's presence; not the quiet frame. */
const isContent = (message: Buffer): boolean =>
  (message[0] === MESSAGE.sync && message[1] !== SYNC.step1) ||
  (message[0] === MESSAGE.awareness && message.length > 3)

/** Types and moves the cursor as fast as a node tells of it: at any moment something is about to be sent. */
const keepTyping = (client: SyncClient) => {
  let count = 0
  const timer = setInterval(() => {
    client.text.insert(client.text.length, `<${count}>`)
    client.provider.awareness.setLocalStateField('cursor', null)
    count++
  }, 10)
  return () => {
    clearInterval(timer)
    return count
  }
}

/** How long the process stays stopped is what is tested here: a stopped process tells of no event. */
const passed = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** One way, in milliseconds. */
const slowDown = (latencyMs: number) => {
  Object.assign(database.out, { latencyMs })
  Object.assign(database.back, { latencyMs })
  database.apply()
}

/** Milliseconds: one after which it still asks before it freezes, and one after which it is frozen when it wakes. */
test.each([1_100, 2_500])(
  'a node that was stopped for %i ms sends nothing to somebody who has lost access meanwhile, and all to the others',
  async (stoppedFor) => {
    const { world, workspaceId, orgs, people } = cluster.world
    const sectionId = await cluster.section()
    const personId = await world.person(orgs.weather)
    const membershipId = await world.membership(workspaceId, personId, 'editor')
    const cookie = await cluster.cookieOf(await world.actor(personId))
    const writer = await open(await cluster.cookieOf(people.countyLead), sectionId)
    const stays = await open(await cluster.cookieOf(people.countyReader), sectionId)
    const goes = openRaw({ port: node.port, sectionId, headers: { cookie, origin: 'http://localhost:3000' } })
    await goes.opened
    goes.send(Uint8Array.of(MESSAGE.sync, SYNC.step1, 1, 0))
    await goes.message(isStep2)

    const stopTyping = keepTyping(writer)
    await untilDoc(stays.doc, () => stays.text.toString().includes('<3>'))
    // A question takes a fifth of a second, so that a node that sends before it has asked is seen to.
    slowDown(100)
    node.process.kill('SIGSTOP')
    await cluster.services.db.transaction(async (tx) => {
      await tx.query('update memberships set ended_at = now() where id = $1', [membershipId])
      await cluster.services.accessChanges.publish(tx, { personId })
    })
    await passed(stoppedFor)
    const before = goes.received.length
    node.process.kill('SIGCONT')
    expect([1013, 4404]).toContain((await goes.closed).code)
    expect(goes.received.slice(before).filter(isContent)).toEqual([])
    slowDown(0)

    const last = `<${stopTyping() - 1}>`
    await untilDoc(stays.doc, () => stays.text.toString().endsWith(last))
    expect(stays.text.toString()).toBe(writer.text.toString())
  },
)

test('a node whose database answers later than access may be believed sends nothing, closes everybody, and comes back', async () => {
  const sectionId = await cluster.section()
  const { people } = cluster.world
  const writer = await open(await cluster.cookieOf(people.countyLead), sectionId)
  const reader = await open(await cluster.cookieOf(people.countyReader), sectionId)
  const closed = reader.closed()
  slowDown(550)
  const before = performance.now()
  writer.text.insert(0, '<late>')
  expect(await closed).toBe(1013)
  expect(performance.now() - before).toBeLessThan(2_000)
  expect(reader.text.toString()).not.toContain('<late>')
  slowDown(0)
  await untilDoc(reader.doc, () => reader.text.toString().includes('<late>'))
})
