import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'
import type { Actor } from '@/server/identity/actor'
import { changeKind, containersOf, unshowable } from '@/tests/support/sync/block-text'
import { Cluster, type ClusterNode } from '@/tests/support/sync/cluster'
import { openClient, type SyncClient, untilDoc } from '@/tests/support/sync/sync-client'

/** Two and three node processes on one PostgreSQL, without a Redis: what holds here needs nothing else. */
let cluster: Cluster
let nodes: ClusterNode[]
let clients: SyncClient[] = []

beforeAll(async () => {
  cluster = await Cluster.open()
  nodes = await Promise.all([cluster.start(), cluster.start()])
})
afterEach(() => {
  for (const client of clients) client.destroy()
  clients = []
})
afterAll(() => cluster.close())

const open = async (actor: Actor, port: number, sectionId: string, doc?: Y.Doc) => {
  const cookie = await cluster.cookieOf(actor)
  const client = openClient({ port, sectionId, cookie, ...(doc === undefined ? {} : { doc }) })
  clients.push(client)
  await client.synced
  return client
}

const portOf = (i: number) => nodes[i]?.port ?? 0
const tokensIn = (client: SyncClient) => client.text.toString().match(/<[^>]+>/g) ?? []
const hasAll = (client: SyncClient, tokens: readonly string[]) => () =>
  tokensIn(client).length >= tokens.length

const storedRows = async (sectionId: string) =>
  (
    await cluster.services.db.query<{ seq: number; person_id: string; bytes: Buffer }>(
      'select seq, person_id, bytes from section_updates where section_id = $1 order by seq',
      [sectionId],
    )
  ).rows

/** Types tokens one after the other, each in a turn of its own. */
const type = async (client: SyncClient, name: string, count: number): Promise<string[]> => {
  const tokens: string[] = []
  for (let i = 0; i < count; i++) {
    const token = `<${name}.${i}>`
    tokens.push(token)
    client.text.insert(client.text.length, token)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return tokens
}

const shown = (doc: Y.Doc) => doc.getXmlFragment(EDITOR_FRAGMENT).toString()

/** Resolves when it fits, whichever of the documents was the last to hear. */
const untilAll = (docs: readonly Y.Doc[], fits: () => boolean) =>
  Promise.race(docs.map((doc) => untilDoc(doc, fits)))

const refusals = async (sectionId: string) =>
  (
    await cluster.services.db.query(
      `select type, canonical from audit_inbox where section_id = $1 and outcome = 'denied'`,
      [sectionId],
    )
  ).rows

test('two nodes write one section at once: one order, no gap, nothing lost, doubled or refused', async () => {
  const { people } = cluster.world
  const sectionId = await cluster.section()
  const clara = await open(people.countyLead, portOf(0), sectionId)
  const walt = await open(people.weatherEditor, portOf(1), sectionId)
  const carl = await open(people.countyReader, portOf(1), sectionId)
  const typed = (await Promise.all([type(clara, 'c', 300), type(walt, 'w', 300)])).flat()
  await Promise.all([clara, walt, carl].map((client) => untilDoc(client.doc, hasAll(client, typed))))
  for (const client of [clara, walt, carl]) expect(tokensIn(client).toSorted()).toEqual(typed.toSorted())
  expect(walt.text.toString()).toBe(clara.text.toString())
  expect(carl.text.toString()).toBe(clara.text.toString())

  const rows = await storedRows(sectionId)
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, i) => i + 1))
  expect(new Set(rows.map((row) => row.person_id)).size).toBe(2)
  const fresh = await open(people.hospitalLead, portOf(0), sectionId)
  expect(fresh.text.toString()).toBe(clara.text.toString())
  expect(await refusals(sectionId)).toEqual([])
  const chain = await cluster.services.db.query<{ writer: string }>('select distinct writer from audit_inbox')
  expect(chain.rows.length).toBeGreaterThanOrEqual(2)
})

test('a room in which nobody types hears what another node commits, within a second', async () => {
  const { people } = cluster.world
  const sectionId = await cluster.section()
  const carl = await open(people.countyReader, portOf(1), sectionId)
  const clara = await open(people.countyLead, portOf(0), sectionId)
  const before = performance.now()
  const tokens = await type(clara, 'idle', 1)
  await untilDoc(carl.doc, hasAll(carl, tokens))
  expect(performance.now() - before).toBeLessThan(1_000)
})

test('one editor on two nodes at once, with one clientID: stored once for the reader, and nobody is refused', async () => {
  const { people } = cluster.world
  const sectionId = await cluster.section()
  const here = await open(people.countyLead, portOf(0), sectionId)
  const there = await open(people.countyLead, portOf(1), sectionId, here.doc)
  const closes: number[] = []
  for (const { provider } of [here, there])
    provider.on('connection-close', (event: CloseEvent | null) => closes.push(event?.code ?? 0))
  const walt = await open(people.weatherEditor, portOf(1), sectionId)
  const typed = (await Promise.all([type(here, 'both', 200), type(walt, 'walt', 200)])).flat()
  await Promise.all([here, walt].map((client) => untilDoc(client.doc, hasAll(client, typed))))
  const fresh = await open(people.hospitalLead, portOf(0), sectionId)
  await untilDoc(fresh.doc, hasAll(fresh, typed))
  for (const client of [here, walt, fresh]) expect(tokensIn(client).toSorted()).toEqual(typed.toSorted())
  expect(closes).toEqual([])
  expect(await refusals(sectionId)).toEqual([])
})

test('[W-12] a clientID that wrote on one node is nobody else\u2019s on another', async () => {
  const { people } = cluster.world
  const sectionId = await cluster.section()
  const clara = await open(people.countyLead, portOf(0), sectionId)
  const hugo = await open(people.hospitalEditor, portOf(1), sectionId)
  const [token = ''] = await type(clara, 'mine', 1)
  await untilDoc(hugo.doc, hasAll(hugo, [token]))
  const thief = new Y.Doc()
  Y.applyUpdate(thief, Y.encodeStateAsUpdate(hugo.doc))
  thief.clientID = clara.doc.clientID
  const cookie = await cluster.cookieOf(people.hospitalEditor)
  const stolen = openClient({ port: portOf(1), sectionId, cookie, doc: thief })
  clients.push(stolen)
  const closed = new Promise((resolve) =>
    stolen.provider.on('connection-close', (event: CloseEvent | null) =>
      resolve([event?.code, event?.reason]),
    ),
  )
  stolen.text.insert(0, 'stolen')
  expect(await closed).toEqual([4400, 'W-12'])
})

test('two people on two nodes change the kind of one block at once, again and again: it is always one', async () => {
  const { people } = cluster.world
  const sectionId = await cluster.section()
  const clara = await open(people.countyLead, portOf(0), sectionId)
  const walt = await open(people.weatherEditor, portOf(1), sectionId)
  const carl = await open(people.countyReader, portOf(0), sectionId)
  const docs = [clara, walt, carl].map(({ doc }) => doc)
  const seen: string[] = []
  carl.doc.on('afterTransaction', () => seen.push(...unshowable(carl.doc)))
  clara.text.insert(0, 'The river rises.')
  await untilDoc(walt.doc, () => walt.text.length === 16)
  for (let round = 0; round < 12; round++) {
    for (const { doc } of [clara, walt]) {
      const [container] = containersOf(doc) as [Y.XmlElement]
      doc.transact(() =>
        changeKind(container, doc === clara.doc ? ['heading', { level: 1 }] : ['bulletListItem', {}]),
      )
    }
    const isSettled = () => new Set(docs.map(shown)).size === 1 && unshowable(carl.doc).length === 0
    await untilAll(docs, isSettled)
  }
  expect(seen).toEqual([])
  expect(carl.text.toString()).toBe('The river rises.')
  expect(await refusals(sectionId)).toEqual([])
})

test('kill -9 of one node of two behind a balancer: its people go on at the other, nothing lost or doubled', async () => {
  const { people } = cluster.world
  const sectionId = await cluster.section()
  nodes.push(await cluster.start())
  const [first, , third] = nodes as [ClusterNode, ClusterNode, ClusterNode]
  const balancer = await cluster.balancer()
  const all = await Promise.all(
    [people.countyLead, people.weatherEditor, people.hospitalEditor, people.hospitalLead].map((actor) =>
      open(actor, balancer.port, sectionId),
    ),
  )
  const typing = Promise.all(all.map((client, i) => type(client, `t${i}`, 250)))
  const watcher = all[0] as SyncClient
  await untilDoc(watcher.doc, () => tokensIn(watcher).length > 100)
  await third.kill()
  await first.kill()
  const typed = (await typing).flat()
  await Promise.all(all.map((client) => untilDoc(client.doc, hasAll(client, typed))))
  for (const client of all) expect(tokensIn(client).toSorted()).toEqual(typed.toSorted())
  const fresh = await open(people.countyReader, balancer.port, sectionId)
  await untilDoc(fresh.doc, hasAll(fresh, typed))
  expect(tokensIn(fresh).toSorted()).toEqual(typed.toSorted())
  expect(await refusals(sectionId)).toEqual([])
  await balancer.close()
})
