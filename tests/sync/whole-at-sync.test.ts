import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { writeStep1 } from '@/lib/sync/frame'
import { oneUpdate } from '@/server/sync/rooms/one-update'
import { baseDoc, textOf } from '@/tests/support/sync/base-text'
import { openClient, untilDoc } from '@/tests/support/sync/sync-client'
import { isStep2, openRaw, updateIn } from '@/tests/support/sync/sync-raw-client'
import { openSyncBed, type SyncBed } from '@/tests/support/sync/sync-server'

let bed: SyncBed
beforeAll(async () => {
  bed = await openSyncBed()
})
afterAll(() => bed.close())

test('the first step 2 holds everything: a client that calls itself synced is', async () => {
  const { people, sections } = bed.world
  const carl = openClient({
    port: bed.port,
    sectionId: sections.open,
    cookie: bed.cookieOf(people.countyLead),
  })
  const walt = openClient({
    port: bed.port,
    sectionId: sections.open,
    cookie: bed.cookieOf(people.weatherEditor),
  })
  await Promise.all([carl.synced, walt.synced])
  for (let round = 0; round < 20; round++) {
    const writer = round % 2 === 0 ? carl : walt
    const reader = round % 2 === 0 ? walt : carl
    writer.text.insert(writer.text.length, `<${round}>`)
    await untilDoc(reader.doc, () => reader.text.toString().includes(`<${round}>`))
  }
  const late = openRaw({
    port: bed.port,
    sectionId: sections.open,
    headers: { origin: 'http://localhost:3000', cookie: bed.cookieOf(people.hospitalEditor) },
  })
  await late.opened
  late.send(writeStep1(Uint8Array.of(0)))
  const copy = new Y.Doc()
  Y.applyUpdate(copy, updateIn(await late.message(isStep2)))
  expect(Y.encodeStateVector(copy)).toEqual(Y.encodeStateVector(carl.doc))
  expect(Y.encodeStateAsUpdate(copy)).toEqual(Y.encodeStateAsUpdate(carl.doc))
  late.ws.terminate()
  for (const client of [carl, walt]) client.destroy()
})

test('updates that overlap are one update as well', () => {
  const doc = baseDoc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const word of ['one ', 'two ', 'three ']) textOf(doc).insert(0, word)
  const [first, second, third] = updates as [Uint8Array, Uint8Array, Uint8Array]
  const both = Y.mergeUpdates([first, second])
  const copy = baseDoc()
  Y.applyUpdate(copy, oneUpdate([both, Y.mergeUpdates([second, third])]))
  expect(textOf(copy).toString()).toBe('three two one ')
})
