import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { ByteWriter } from '@/lib/sync/byte-writer'
import { writePresence, writeStep2, writeUpdate } from '@/lib/sync/frame'
import { LIMITS } from '@/lib/sync/limits'
import { writePresenceEntries } from '@/lib/sync/presence'
import { BASE_TEXT, baseDoc, textOf } from '@/tests/support/sync/base-text'
import { openClient, type SyncClient, untilDoc } from '@/tests/support/sync/sync-client'
import { isSync, openRaw, type RawClient } from '@/tests/support/sync/sync-raw-client'
import { openSyncBed, type SyncBed } from '@/tests/support/sync/sync-server'

let bed: SyncBed
const clients: SyncClient[] = []

beforeEach(async () => {
  bed = await openSyncBed()
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy()
  await bed.close()
})

type Who = keyof SyncBed['world']['people']

const raw = async (who: Who, on = bed): Promise<RawClient> => {
  const client = openRaw({
    port: on.port,
    sectionId: bed.world.sections.open,
    query: '?ack=1',
    headers: { origin: 'http://localhost:3000', cookie: on.cookieOf(bed.world.people[who]) },
  })
  await client.message(isSync(0))
  return client
}

const open = (who: Who, doc: Y.Doc) => {
  const cookie = bed.cookieOf(bed.world.people[who])
  const client = openClient({ port: bed.port, sectionId: bed.world.sections.open, cookie, doc })
  clients.push(client)
  return client
}

const say = (client: RawClient, id: number, state = '{"cursor":null}') =>
  client.send(writePresence(writePresenceEntries([{ client: id, clock: 1, state }])))

const boundTo = async (id: number): Promise<string | undefined> =>
  (
    await bed.services.db.query<{ person_id: string }>(
      'select person_id from client_bindings where section_id = $1 and client_id = $2',
      [bed.world.sections.open, id],
    )
  ).rows[0]?.person_id

/** Resolves when somebody else is shown under the clientID. */
const shown = (watcher: SyncClient, id: number): Promise<void> =>
  new Promise((resolve) => {
    const { awareness } = watcher.provider
    const look = () => {
      if (!awareness.getStates().has(id)) return
      awareness.off('change', look)
      resolve()
    }
    awareness.on('change', look)
    look()
  })

/** The first letter of each of these authors. */
const letters = (ids: number[]): Uint8Array => {
  const writer = new ByteWriter()
  writer.varUint(ids.length)
  for (const id of ids) {
    for (const value of [1, id, 0, 4, 0, BASE_TEXT.client, BASE_TEXT.clock]) writer.varUint(value)
    writer.text('x')
  }
  writer.varUint(0)
  return writer.take()
}

test('[W-12] a clientID that was seen by presence alone stays that person’s, also after a restart', async () => {
  const watcher = open('countyLead', new Y.Doc())
  await watcher.synced
  const carl = await raw('countyReader')
  say(carl, 4242)
  await shown(watcher, 4242)
  // Nobody is shown before the row is there.
  expect(await boundTo(4242)).toBe(bed.world.people.countyReader.personId)
  carl.ws.terminate()
  const other = await openSyncBed({ db: bed.services.db, world: bed.world })
  const hugo = await raw('hospitalEditor', other)
  hugo.send(writeStep2(letters([4242])))
  expect(await hugo.closed).toEqual({ code: 4400, reason: 'W-12' })
  await other.sync.drain()
  other.http.closeAllConnections()
  other.http.close()
})

test('[W-19] one connection makes few clientIDs its own, by writing or by presence', async () => {
  const ids = Array.from({ length: LIMITS.clientsPerConnection + 1 }, (_, i) => 9_000 + i)
  const writes = await raw('hospitalEditor')
  writes.send(writeStep2(letters(ids)))
  expect(await writes.closed).toEqual({ code: 4400, reason: 'W-19' })
  expect(await boundTo(9_000)).toBeUndefined()

  const watcher = open('countyLead', new Y.Doc())
  await watcher.synced
  const speaks = await raw('hospitalEditor')
  for (const id of ids.slice(1)) {
    say(speaks, id)
    await shown(watcher, id)
    say(speaks, id, 'null')
  }
  say(speaks, 9_000)
  expect(await speaks.closed).toEqual({ code: 4400, reason: 'W-19' })
})

test('[W-05] presence that is not JSON is refused also when its clientID had to be bound first', async () => {
  const hugo = await raw('hospitalEditor')
  say(hugo, 77, '{"cursor"')
  // What follows in the same breath is not taken in: else its author would not know whether it was.
  hugo.send(writeStep2(letters([77])))
  expect(await hugo.closed).toEqual({ code: 4400, reason: 'W-05' })
  expect(await boundTo(77)).toBeUndefined()
})

test('a tab whose own clientID comes back gets another one from Yjs, writes on and is seen', async () => {
  const doc = new Y.Doc()
  const first = open('hospitalEditor', doc)
  await first.synced
  first.text.insert(0, 'one ')
  const watcher = open('countyLead', new Y.Doc())
  await untilDoc(watcher.doc, () => watcher.text.toString() === 'one ')
  const id = doc.clientID
  // As a duplicated tab: the same clientID, nothing of its text, and the first tab is still there.
  const copy = new Y.Doc()
  copy.clientID = id
  const second = open('hospitalEditor', copy)
  await second.synced
  expect(copy.clientID).not.toBe(id)
  second.text.insert(0, 'two ')
  await untilDoc(watcher.doc, () => watcher.text.toString() === 'two one ')
  const { awareness } = second.provider
  awareness.setLocalState(null)
  awareness.clientID = copy.clientID
  awareness.setLocalState({})
  await shown(watcher, copy.clientID)
  expect(await boundTo(copy.clientID)).toBe(bed.world.people.hospitalEditor.personId)
})

test('a frame that brings text under one’s own bound clientID needs no new one', async () => {
  const doc = baseDoc()
  textOf(doc).insert(0, 'a')
  const hugo = await raw('hospitalEditor')
  say(hugo, doc.clientID)
  hugo.send(writeStep2(Y.encodeStateAsUpdate(doc)))
  textOf(doc).insert(1, 'b')
  hugo.send(writeUpdate(Y.encodeStateAsUpdate(doc)))
  await hugo.message((message) => message[0] === 100 && message[1] === 2)
  expect(await boundTo(doc.clientID)).toBe(bed.world.people.hospitalEditor.personId)
  hugo.ws.terminate()
})
