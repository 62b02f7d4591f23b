import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '@/server/identity/actor'
import {
  Cluster,
  type ClusterNode,
  type RedisServer,
  redisIsHere,
  startRedis,
} from '@/tests/support/sync/cluster'
import { openClient, type SyncClient, untilDoc } from '@/tests/support/sync/sync-client'

const here = redisIsHere()
if (!here) process.stderr.write('Left out: nodes with Redis. No redis-server on this machine.\n')

/** Two nodes with a Redis of their own, that is killed and paused. */
describe.skipIf(!here)('Redis makes it faster, and its loss loses nothing', () => {
  let cluster: Cluster
  let redis: RedisServer
  let nodes: [ClusterNode, ClusterNode]
  let clients: SyncClient[] = []

  beforeAll(async () => {
    ;[cluster, redis] = await Promise.all([Cluster.open(), startRedis()])
    nodes = await Promise.all([
      cluster.start({ redisUrl: redis.url }),
      cluster.start({ redisUrl: redis.url }),
    ])
    await Promise.all(nodes.map((node) => node.says(/Redis carries/)))
  })
  afterEach(() => {
    for (const client of clients) client.destroy()
    clients = []
  })
  afterAll(async () => {
    await cluster.close()
    redis.process.kill('SIGCONT')
    await redis.kill()
  })

  const open = async (actor: Actor, node: ClusterNode, sectionId: string) => {
    const cookie = await cluster.cookieOf(actor)
    const client = openClient({ port: node.port, sectionId, cookie })
    clients.push(client)
    await client.synced
    return client
  }

  /** Resolves when somebody's presence is as wanted: their name, or undefined for gone. */
  const sees = (client: SyncClient, other: SyncClient, name: string | undefined) =>
    new Promise<void>((resolve) => {
      const { awareness } = client.provider
      const look = () => {
        if (awareness.getStates().get(other.doc.clientID)?.user?.name !== name) return
        awareness.off('change', look)
        resolve()
      }
      awareness.on('change', look)
      look()
    })

  const saysAgain = async (node: ClusterNode, pattern: RegExp, times: number) =>
    node.says(new RegExp(`(${pattern.source}[^]*){${times}}`))

  /** Milliseconds from typing on the first node to reading on the second. */
  const way = async (from: SyncClient, to: SyncClient, token: string) => {
    const before = performance.now()
    from.text.insert(from.text.length, token)
    await untilDoc(to.doc, () => to.text.toString().includes(token))
    return performance.now() - before
  }

  test('people see each other across nodes by the names that the server knows, and a dead node\u2019s people go', async () => {
    const { people } = cluster.world
    const sectionId = await cluster.section()
    const third = await cluster.start({ redisUrl: redis.url })
    await third.says(/Redis carries/)
    const clara = await open(people.countyLead, nodes[0], sectionId)
    clara.provider.awareness.setLocalStateField('user', { name: 'Somebody else' })
    const walt = await open(people.weatherEditor, nodes[1], sectionId)
    walt.provider.awareness.setLocalStateField('cursor', null)
    const hugo = await open(people.hospitalEditor, third, sectionId)
    hugo.provider.awareness.setLocalStateField('cursor', null)
    await Promise.all([
      sees(walt, clara, 'Clara County'),
      sees(clara, walt, 'Walt Weather'),
      sees(clara, hugo, 'Hugo Hospital'),
      sees(hugo, clara, 'Clara County'),
      sees(walt, hugo, 'Hugo Hospital'),
    ])
    // Whoever comes later, to a node that had not opened the section before, sees who is there.
    hugo.provider.disconnect()
    await third.kill()
    const before = performance.now()
    await Promise.all([sees(clara, hugo, undefined), sees(walt, hugo, undefined)])
    expect(performance.now() - before).toBeLessThan(6_000)
    clara.provider.disconnect()
    await sees(walt, clara, undefined)
  })

  test('whoever changes nodes is seen there at once', async () => {
    const { people } = cluster.world
    const sectionId = await cluster.section()
    const clara = await open(people.countyLead, nodes[0], sectionId)
    const walt = await open(people.weatherEditor, nodes[0], sectionId)
    walt.provider.awareness.setLocalStateField('cursor', null)
    await sees(clara, walt, 'Walt Weather')
    walt.provider.disconnect()
    await sees(clara, walt, undefined)
    const moved = openClient({
      port: nodes[1].port,
      sectionId,
      cookie: await cluster.cookieOf(people.weatherEditor),
      doc: walt.doc,
    })
    clients.push(moved)
    moved.provider.awareness.setLocalStateField('cursor', null)
    await sees(clara, moved, 'Walt Weather')
  })

  test('killed and started again: edits go on, the loss and the return are in the log, and it carries again', async () => {
    const { people } = cluster.world
    const sectionId = await cluster.section()
    const clara = await open(people.countyLead, nodes[0], sectionId)
    const walt = await open(people.weatherEditor, nodes[1], sectionId)
    for (let i = 0; i < 5; i++) await way(clara, walt, `<up.${i}>`)
    await redis.kill()
    for (let i = 0; i < 5; i++) expect(await way(clara, walt, `<lost.${i}>`)).toBeLessThan(5_000)
    await Promise.all(nodes.map((node) => node.says(/Redis is lost/)))
    // From now on the database is asked several times a second.
    for (let i = 0; i < 3; i++) expect(await way(walt, clara, `<polled.${i}>`)).toBeLessThan(1_500)
    await redis.start()
    await Promise.all(nodes.map((node) => node.says(/Redis is back/)))
    await way(clara, walt, '<back>')
    expect(walt.text.toString()).toBe(clara.text.toString())
    expect(new Set(clara.text.toString().match(/<[^>]+>/g)).size).toBe(14)
  })

  test('paused, it is called lost like one that is gone; nothing waits for it', async () => {
    const { people } = cluster.world
    const sectionId = await cluster.section()
    const clara = await open(people.countyLead, nodes[0], sectionId)
    const walt = await open(people.weatherEditor, nodes[1], sectionId)
    const [node] = nodes
    redis.process.kill('SIGSTOP')
    await saysAgain(node, /Redis is lost/, 2)
    for (let i = 0; i < 3; i++) expect(await way(clara, walt, `<paused.${i}>`)).toBeLessThan(1_500)
    redis.process.kill('SIGCONT')
    await saysAgain(node, /Redis is back/, 2)
    await way(clara, walt, '<on>')
  })

  test('another installation on the same Redis has a channel of its own', async () => {
    const ear = new Redis(redis.url)
    const channels = new Set<string>()
    await ear.psubscribe('liaison:*')
    const two = new Promise<void>((resolve) =>
      ear.on('pmessage', (_pattern: string, channel: string) => {
        channels.add(channel)
        if (channels.size === 2) resolve()
      }),
    )
    const other = await Cluster.open()
    await other.start({ redisUrl: redis.url })
    await two
    await other.close()
    ear.disconnect()
  })
})
