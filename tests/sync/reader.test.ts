import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'
import { writeStep1, writeStep2, writeUpdate } from '@/lib/sync/frame'
import { ACK_PARAMETER, MESSAGE } from '@/lib/sync/protocol'
import { baseDoc, textOf } from '@/tests/support/sync/base-text'
import { block, textsOf } from '@/tests/support/sync/block-text'
import { openClient, type SyncClient, untilDoc } from '@/tests/support/sync/sync-client'
import { isStep2, isSync, openRaw, updateIn } from '@/tests/support/sync/sync-raw-client'
import { openSyncBed, type SyncBed } from '@/tests/support/sync/sync-server'

let bed: SyncBed
let sectionId: string
let clients: SyncClient[] = []

beforeAll(async () => {
  bed = await openSyncBed()
})
afterEach(() => {
  for (const client of clients) client.destroy()
  clients = []
})
afterAll(() => bed.close())

const headersOf = (who: keyof SyncBed['world']['people']) => ({
  origin: 'http://localhost:3000',
  cookie: bed.cookieOf(bed.world.people[who]),
})

const open = (who: keyof SyncBed['world']['people']) => {
  const client = openClient({ port: bed.port, sectionId, cookie: headersOf(who).cookie })
  clients.push(client)
  return client
}

const raw = (who: keyof SyncBed['world']['people'], query?: string) =>
  openRaw({ port: bed.port, sectionId, headers: headersOf(who), ...(query === undefined ? {} : { query }) })

/** A section with a text by Clara, of which a word is deleted. */
const section = async () => {
  const { world, documentId, orgs } = bed.world
  sectionId = await world.section(documentId, orgs.county, { begun: true })
  const clara = open('countyLead')
  await clara.synced
  clara.text.insert(0, 'Open the secret gate.')
  clara.text.delete(9, 7)
  return clara
}

const paragraphOf = (doc: Y.Doc) => textOf(doc).parent as Y.XmlElement

const refusals = async () =>
  (
    await bed.services.db.query<{ canonical: string }>(
      `select canonical from audit_inbox where type = 'section.frame_refused' and section_id = $1`,
      [sectionId],
    )
  ).rows

describe('[W-13] who may only read', () => {
  test('reads, and its step 2 with the whole delete set is harmless', async () => {
    await section()
    const carl = open('countyReader')
    await carl.synced
    await untilDoc(carl.doc, () => carl.text.toString() === 'Open the gate.')
    // Comes back with everything: its step 2 now repeats all deletions.
    const again = openClient({
      port: bed.port,
      sectionId,
      cookie: headersOf('countyReader').cookie,
      doc: carl.doc,
    })
    clients.push(again)
    await again.synced
    const clara = clients[0] as SyncClient
    clara.text.insert(0, 'Now: ')
    await untilDoc(again.doc, () => again.text.toString() === 'Now: Open the gate.')
    expect(await refusals()).toEqual([])
  })

  test('a deletion that Yjs made by itself (two people set one attribute) is no write of the reader', async () => {
    const clara = await section()
    const hugo = open('hospitalEditor')
    await hugo.synced
    // Both set the same key without having seen the other: one value is deleted everywhere, and nobody sends that.
    paragraphOf(clara.doc).setAttribute('textAlignment', 'left')
    paragraphOf(hugo.doc).setAttribute('textAlignment', 'right')
    clara.text.insert(0, '1')
    hugo.text.insert(0, '2')
    const carl = open('countyReader')
    await carl.synced
    await untilDoc(carl.doc, () => /1.*2|2.*1/.test(carl.text.toString()))
    const again = openClient({
      port: bed.port,
      sectionId,
      cookie: headersOf('countyReader').cookie,
      doc: carl.doc,
    })
    clients.push(again)
    await again.synced
    clara.text.insert(0, '3')
    await untilDoc(again.doc, () => again.text.toString().includes('3'))
    expect(await refusals()).toEqual([])
  })

  test('may clear superfluous marks of formats, as every copy of Yjs does by itself: passed over, not thrown out', async () => {
    const clara = await section()
    const carl = open('countyReader')
    await carl.synced
    await untilDoc(carl.doc, () => carl.text.toString() === 'Open the gate.')
    let cleared = 0
    carl.doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin !== carl.provider) cleared++
    })
    const base = Y.encodeStateAsUpdate(clara.doc)
    clara.destroy()
    clients.splice(clients.indexOf(clara), 1)
    // Two at the same time, and both are gone before they could clear anything themselves.
    for (const [who, to] of [
      ['weatherEditor', 4],
      ['hospitalEditor', 6],
    ] as const) {
      const doc = new Y.Doc()
      Y.applyUpdate(doc, base)
      const before = Y.encodeStateVector(doc)
      textOf(doc).format(0, to, { bold: {} })
      const socket = raw(who, `?${ACK_PARAMETER}=1`)
      await socket.opened
      socket.send(writeStep2(Y.encodeStateAsUpdate(doc, before)))
      await socket.message((message) => message[0] === MESSAGE.ack)
      socket.ws.close()
    }
    await untilDoc(carl.doc, () => cleared > 0)
    // Its refusal would stand on record by the time that a question after it is answered.
    const walt = open('weatherEditor')
    await walt.synced
    walt.text.insert(0, 'Still here. ')
    await untilDoc(carl.doc, () => carl.text.toString().includes('Still here. '))
    walt.text.insert(0, 'And on. ')
    await untilDoc(carl.doc, () => carl.text.toString().includes('And on. '))
    expect(carl.provider.wsconnected).toBe(true)
    expect(await refusals()).toEqual([])
  })

  test('writes by an update frame: closed with 4403, on record, nothing changes', async () => {
    const clara = await section()
    const carl = open('countyReader')
    await carl.synced
    const closed = carl.closed()
    carl.text.insert(0, 'Forged. ')
    expect(await closed).toBe(4403)
    const hugo = open('hospitalEditor')
    await hugo.synced
    expect(hugo.text.toString()).toBe('Open the gate.')
    expect(clara.text.toString()).toBe('Open the gate.')
    expect((await refusals()).map((row) => JSON.parse(row.canonical).details)).toEqual([{ rule: 'W-13' }])
  })

  test('writes by a step 2: the same', async () => {
    await section()
    const doc = baseDoc()
    textOf(doc).insert(0, 'Forged. ')
    const carl = raw('countyReader')
    await carl.message(isSync(0))
    carl.send(writeStep2(Y.encodeStateAsUpdate(doc)))
    expect((await carl.closed).code).toBe(4403)
  })

  test('deletes by a step 2 or an update: the same', async () => {
    const clara = await section()
    for (const write of [writeStep2, writeUpdate]) {
      const copy = new Y.Doc()
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(clara.doc))
      textOf(copy).delete(0, 4)
      const carl = raw('countyReader')
      await carl.message(isSync(0))
      carl.send(write(Y.encodeStateAsUpdate(copy)))
      expect((await carl.closed).code).toBe(4403)
    }
    const hugo = open('hospitalEditor')
    await hugo.synced
    expect(hugo.text.toString()).toBe('Open the gate.')
  })
})

test('updates before the first step 2 are dropped, and the step 2 is taken', async () => {
  await section()
  const doc = baseDoc()
  const hugo = raw('hospitalEditor', '?ack=1')
  await hugo.message(isSync(0))
  textOf(doc).insert(0, 'One. ')
  const first = Y.encodeStateAsUpdate(doc)
  hugo.send(writeUpdate(first))
  // Not judged: even one that would not fit.
  hugo.send(writeUpdate(Uint8Array.of(1, 1, 9, 50, 0, 3, 0)))
  hugo.send(writeStep2(first))
  const clara = clients[0] as SyncClient
  await untilDoc(clara.doc, () => clara.text.toString().includes('One. '))
  await hugo.message((message) => message[0] === 100 && message[1] === 3)
  hugo.ws.terminate()
})

describe('deleted means deleted', () => {
  const holds = (messages: Buffer[], words: string) => Buffer.concat(messages).includes(words)

  test('a deleted sentence is in no byte that a new reader receives', async () => {
    const clara = await section()
    clara.text.insert(0, 'Informant: M. Keller. ')
    const hugo = open('hospitalEditor')
    await hugo.synced
    await untilDoc(hugo.doc, () => hugo.text.toString().includes('Keller'))
    clara.text.delete(0, 22)
    await untilDoc(hugo.doc, () => !hugo.text.toString().includes('Keller'))

    const carl = raw('countyReader')
    await carl.message(isSync(0))
    carl.send(writeStep1(Uint8Array.of(0)))
    const step2 = await carl.message(isStep2)
    const copy = new Y.Doc()
    Y.applyUpdate(copy, updateIn(step2))
    expect(textOf(copy).toString()).toBe('Open the gate.')
    expect(holds(carl.received, 'Keller')).toBe(false)
    carl.ws.terminate()
    // The history still holds it.
    const { rows } = await bed.services.db.query<{ bytes: Buffer }>(
      'select bytes from section_updates where section_id = $1',
      [sectionId],
    )
    expect(
      holds(
        rows.map((row) => row.bytes),
        'Keller',
      ),
    ).toBe(true)
  })

  test('nor in one that is sent to who says that it holds everything already', async () => {
    const clara = await section()
    const hugo = open('hospitalEditor')
    await untilDoc(hugo.doc, () => hugo.text.toString() === 'Open the gate.')
    // One update that both writes and deletes.
    clara.doc.transact(() => {
      clara.text.delete(0, 5)
      clara.text.insert(0, 'Informant: M. Keller. ')
    })
    clara.text.delete(0, 22)
    clara.text.insert(0, 'Past ')
    await untilDoc(hugo.doc, () => hugo.text.toString() === 'Past the gate.')

    const carl = raw('countyReader')
    await carl.message(isSync(0))
    carl.send(writeStep1(Y.encodeStateVector(clara.doc)))
    await carl.message(isStep2)
    // What is sent next comes after everything that the answer holds.
    hugo.text.insert(0, 'Walk ')
    await carl.message((message) => message.includes('Walk '))
    expect(holds(carl.received, 'Keller')).toBe(false)
    carl.ws.terminate()
  })

  test('also when it was deleted by taking away the block that held it, while somebody typed in it', async () => {
    const clara = await section()
    const hugo = open('hospitalEditor')
    await hugo.synced
    const group = (doc: Y.Doc) => doc.getXmlFragment(EDITOR_FRAGMENT).get(0) as Y.XmlElement
    group(clara.doc).push([block('second', 'paragraph', 'Shelter list. ')])
    await untilDoc(hugo.doc, () => group(hugo.doc).length === 2)
    const his = textsOf(hugo.doc)[1] as Y.XmlText
    // Neither has seen the other's change.
    group(clara.doc).delete(1, 1)
    his.insert(0, 'Keller again. ')
    await untilDoc(hugo.doc, () => group(hugo.doc).length === 1)
    hugo.text.insert(0, '!')
    await untilDoc(clara.doc, () => clara.text.toString().startsWith('!'))

    const carl = raw('countyReader')
    await carl.message(isSync(0))
    carl.send(writeStep1(Uint8Array.of(0)))
    await carl.message(isStep2)
    expect(holds(carl.received, 'Keller')).toBe(false)
    expect(holds(carl.received, 'Shelter')).toBe(false)
    carl.ws.terminate()
  })
})
