import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { writeStep2, writeUpdate } from '@/lib/sync/frame'
import { MESSAGE } from '@/lib/sync/protocol'
import { changeKind, containersOf, element, unshowable } from '@/tests/support/sync/block-text'
import { openClient, type SyncClient, untilDoc } from '@/tests/support/sync/sync-client'
import { openRaw } from '@/tests/support/sync/sync-raw-client'
import { openSyncBed, type SyncBed } from '@/tests/support/sync/sync-server'

let bed: SyncBed
let clients: SyncClient[] = []

beforeEach(async () => {
  bed = await openSyncBed()
})
afterEach(async () => {
  for (const client of clients) client.destroy()
  clients = []
  await bed.close()
})

type Who = keyof SyncBed['world']['people']

/** Notes whether the document ever held, between two messages, what no editor can show. */
const open = async (who: Who) => {
  const client = openClient({
    port: bed.port,
    sectionId: bed.world.sections.open,
    cookie: bed.cookieOf(bed.world.people[who]),
  })
  clients.push(client)
  await client.synced
  const seen: string[] = []
  client.doc.on('afterTransaction', () => seen.push(...unshowable(client.doc)))
  return { ...client, seen }
}

const container = (doc: Y.Doc) => containersOf(doc)[0] as Y.XmlElement
const kinds = (doc: Y.Doc) =>
  container(doc)
    .toArray()
    .map((child) => (child as Y.XmlElement).nodeName)
const takenBack = async () =>
  (
    await bed.services.db.query<{ canonical: string }>(
      `select canonical from audit_inbox where type = 'section.taken_back' order by writer_seq`,
    )
  ).rows.map(({ canonical }) => {
    const { actor, volume } = JSON.parse(canonical)
    return { person: actor.person, volume }
  })

test('two people change the kind of one block at once: the first change stands, and nobody else ever sees both', async () => {
  const clara = await open('countyLead')
  const walt = await open('weatherEditor')
  const hana = await open('hospitalEditor')
  clara.text.insert(0, 'The river rises.')
  await Promise.all([walt, hana].map(({ doc, text }) => untilDoc(doc, () => text.length === 16)))
  clara.doc.transact(() => changeKind(container(clara.doc), ['heading', { level: 1 }]))
  walt.doc.transact(() => changeKind(container(walt.doc), ['bulletListItem', {}]))
  const isOne = (doc: Y.Doc) => () => kinds(doc).length === 1 && kinds(doc)[0] !== 'paragraph'
  await Promise.all([clara, walt, hana].map(({ doc }) => untilDoc(doc, isOne(doc))))
  const [stands] = kinds(hana.doc)
  await Promise.all([clara, walt].map(({ doc }) => untilDoc(doc, () => kinds(doc).join() === stands)))
  expect(hana.text.toString()).toBe('The river rises.')
  expect(hana.seen).toEqual([])
  const late = await open('countyReader')
  expect(kinds(late.doc)).toEqual([stands])
  const second = stands === 'heading' ? bed.world.people.weatherEditor : bed.world.people.countyLead
  expect(await takenBack()).toEqual([{ person: second.personId, volume: { updates: 1 } }])
})

test('a block forged into the container of another is taken back, before any editor would delete the other for it', async () => {
  const clara = await open('countyLead')
  clara.text.insert(0, 'Ours.')
  const hostile = openRaw({
    port: bed.port,
    sectionId: bed.world.sections.open,
    query: '?ack=1',
    headers: { origin: 'http://localhost:3000', cookie: bed.cookieOf(bed.world.people.weatherEditor) },
  })
  await hostile.message((message) => message[0] === MESSAGE.sync)
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(clara.doc))
  const before = Y.encodeStateVector(copy)
  copy.transact(() => {
    container(copy).insert(0, [element('heading', { level: 1 }, [new Y.XmlText('Theirs.')])])
    const root = copy.getXmlFragment('prosemirror')
    root.insert(0, [element('blockGroup', {}, [])])
  })
  hostile.send(writeStep2(Uint8Array.of(0, 0)))
  hostile.send(writeUpdate(Y.encodeStateAsUpdate(copy, before)))
  await hostile.message((message) => message[0] === MESSAGE.ack && message[1] === 2)
  const late = await open('hospitalLead')
  expect(unshowable(late.doc)).toEqual([])
  expect(late.doc.getXmlFragment('prosemirror').length).toBe(1)
  expect(late.text.toString()).toBe('Ours.')
  expect(clara.seen).toEqual([])
  expect((await takenBack())[0]?.person).toBe(bed.world.people.weatherEditor.personId)
  hostile.ws.terminate()
})
