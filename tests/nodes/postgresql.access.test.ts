import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '@/server/identity/actor'
import type { AccessScope } from '@/server/policy/access-scope'
import { FaultProxy } from '@/tests/support/fault-proxy'
import { Cluster, type ClusterNode, redisIsHere, startRedis } from '@/tests/support/sync/cluster'
import { openClient, type SyncClient, untilDoc } from '@/tests/support/sync/sync-client'

let cluster: Cluster
let clients: SyncClient[] = []

beforeAll(async () => {
  cluster = await Cluster.open()
})
afterEach(() => {
  for (const client of clients) client.destroy()
  clients = []
})
afterAll(() => cluster.close())

const open = async (cookie: string, port: number, sectionId: string) => {
  const client = openClient({ port, sectionId, cookie })
  clients.push(client)
  await client.synced
  return client
}

/** An editor of its own, so that each case takes away something of nobody else's. */
const editor = async (): Promise<{ actor: Actor; membershipId: string }> => {
  const { world, workspaceId, orgs } = cluster.world
  const personId = await world.person(orgs.weather)
  const membershipId = await world.membership(workspaceId, personId, 'editor')
  return { actor: await world.actor(personId), membershipId }
}

const change = (scope: AccessScope, statement: string, values: unknown[]) =>
  cluster.services.db.transaction(async (tx) => {
    await tx.query(statement, values)
    await cluster.services.accessChanges.publish(tx, scope)
  })

/** Closes of a client, with the moment at which each was noticed. */
const closesOf = (client: SyncClient) =>
  new Promise<{ code: number; at: number }>((resolve) => {
    client.provider.on('connection-close', (event: CloseEvent | null) =>
      resolve({ code: event?.code ?? 0, at: performance.now() }),
    )
  })

describe('a session that ends on one node ends on every node', () => {
  const signOutOnTheOther = async (first: ClusterNode, second: ClusterNode) => {
    const { actor } = await editor()
    const cookie = await cluster.cookieOf(actor)
    const client = await open(cookie, second.port, await cluster.section())
    const closed = closesOf(client)
    const before = performance.now()
    first.order({ signOut: cookie })
    const { code, at } = await closed
    expect(code).toBe(4401)
    return at - before
  }

  test('without Redis, within a second', async () => {
    const [first, second] = await Promise.all([cluster.start(), cluster.start()])
    for (let i = 0; i < 5; i++) expect(await signOutOnTheOther(first, second)).toBeLessThan(1_000)
    await Promise.all([first.kill(), second.kill()])
  })

  if (!redisIsHere()) process.stderr.write('Left out: with Redis. No redis-server on this machine.\n')
  test.skipIf(!redisIsHere())('with Redis, and still when Redis is killed', async () => {
    const redis = await startRedis()
    const nodes = await Promise.all([0, 1].map(() => cluster.start({ redisUrl: redis.url })))
    const [first, second] = nodes as [ClusterNode, ClusterNode]
    await Promise.all(nodes.map((node) => node.says(/Redis carries/)))
    for (let i = 0; i < 3; i++) expect(await signOutOnTheOther(first, second)).toBeLessThan(1_000)
    await redis.kill()
    for (let i = 0; i < 3; i++) expect(await signOutOnTheOther(first, second)).toBeLessThan(1_000)
    await Promise.all(nodes.map((node) => node.kill()))
  })
})

test('[R7] a change that commits after a later one, by its number, reaches every node as well', async () => {
  const node = await cluster.start()
  const sectionId = await cluster.section()
  const [slow, fast] = await Promise.all([editor(), editor()])
  const [slowClient, fastClient] = await Promise.all(
    [slow, fast].map(async ({ actor }) => open(await cluster.cookieOf(actor), node.port, sectionId)),
  )
  if (slowClient === undefined || fastClient === undefined) throw new Error('no clients')
  const { db, accessChanges } = cluster.services
  const { workspaceId } = cluster.world
  const closed = [closesOf(slowClient), closesOf(fastClient)]
  let overtaken = () => {}
  const wait = new Promise<void>((resolve) => {
    overtaken = resolve
  })
  const end = 'update memberships set ended_at = now() where id = $1'
  const late = db.transaction(async (tx) => {
    await tx.query(end, [slow.membershipId])
    // A clock of its own: the workspace's would make the other change wait for this one.
    await accessChanges.publish(tx, { personId: slow.actor.personId })
    tx.beforeCommit('overtaken', async () => void (await wait), 'last')
  })
  await change({ workspaceId, personId: fast.actor.personId }, end, [fast.membershipId])
  expect((await closed[1])?.code).toBe(4404)
  overtaken()
  await late
  const committed = performance.now()
  const { code, at } = (await closed[0]) ?? {}
  expect(code).toBe(4404)
  expect((at ?? 0) - committed).toBeLessThan(1_000)
  await node.kill()
})

test('a node that is cut off from its database closes everybody within two seconds, and comes back with it', async () => {
  const database = new URL(cluster.databaseUrl)
  const behind = Number(database.port || 5432)
  const proxy = await FaultProxy.listen(() => behind)
  database.hostname = '127.0.0.1'
  database.port = String(proxy.port)
  const [cut, whole] = await Promise.all([cluster.start({ databaseUrl: database.href }), cluster.start()])
  const sectionId = await cluster.section()
  const { people } = cluster.world
  const here = await open(await cluster.cookieOf(people.countyLead), cut.port, sectionId)
  const there = await open(await cluster.cookieOf(people.weatherEditor), whole.port, sectionId)
  here.text.insert(0, '<before>')
  await untilDoc(there.doc, () => there.text.toString().includes('<before>'))

  const closed = closesOf(here)
  const before = performance.now()
  proxy.out.open = false
  proxy.back.open = false
  here.text.insert(0, '<during>')
  const { code, at } = await closed
  expect(code).toBe(1013)
  expect(at - before).toBeLessThan(2_000)
  // Whoever comes now is told to come back, at once; the other node goes on.
  const early = openClient({
    port: cut.port,
    sectionId,
    cookie: await cluster.cookieOf(people.countyReader),
  })
  clients.push(early)
  expect(await early.closed()).toBe(1013)
  there.text.insert(0, '<elsewhere>')

  proxy.heal()
  await cut.says(/the database answers again/)
  await untilDoc(here.doc, () => here.text.toString().includes('<elsewhere>'))
  await untilDoc(there.doc, () => there.text.toString().includes('<during>'))
  for (const client of [here, there]) {
    const tokens = client.text.toString().match(/<[^>]+>/g) ?? []
    expect(tokens.toSorted()).toEqual(['<before>', '<during>', '<elsewhere>'])
  }
  await Promise.all([cut.kill(), whole.kill()])
  await proxy.close()
})
