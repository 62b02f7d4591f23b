import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { writeStep1, writeStep2 } from '@/lib/sync/frame'
import type { Database } from '@/server/db/client'
import { openTestDatabase } from '@/tests/support/database'
import { baseDoc, textOf } from '@/tests/support/sync/base-text'
import { committedRows } from '@/tests/support/sync/committed-rows'
import { openClient, type SyncClient, untilDoc } from '@/tests/support/sync/sync-client'
import { ackIn, isSync, openRaw } from '@/tests/support/sync/sync-raw-client'
import { openSyncBed, type SyncBed } from '@/tests/support/sync/sync-server'

let bed: SyncBed
let clients: SyncClient[] = []

afterEach(async () => {
  for (const client of clients) client.destroy()
  clients = []
  await bed.close()
})

const open = (who: keyof SyncBed['world']['people']) => {
  const client = openClient({
    port: bed.port,
    sectionId: bed.world.sections.open,
    cookie: bed.cookieOf(bed.world.people[who]),
  })
  clients.push(client)
  return client
}

const raw = (who: keyof SyncBed['world']['people'], query = '') =>
  openRaw({
    port: bed.port,
    sectionId: bed.world.sections.open,
    query,
    headers: { origin: 'http://localhost:3000', cookie: bed.cookieOf(bed.world.people[who]) },
  })

/** The real database, whose transactions can be held back or made to fail just before COMMIT. */
const gated = async () => {
  const db = await openTestDatabase()
  const gate = { before: async (): Promise<void> => undefined }
  const wrapped: Database = Object.assign(Object.create(db) as Database, {
    transaction: <T>(run: Parameters<Database['transaction']>[0]) =>
      db.transaction(async (tx) => {
        const result = (await run(tx)) as T
        await gate.before()
        return result
      }),
    write: async (...statement: Parameters<Database['write']>) => {
      await gate.before()
      return db.write(...statement)
    },
  })
  return { db: wrapped, gate }
}

const events = async () =>
  (
    await bed.services.db.query<{ type: string; canonical: string }>(
      'select type, canonical from audit_inbox where section_id = $1 order by writer_seq',
      [bed.world.sections.open],
    )
  ).rows

test('opening, editing and closing are on record with exact counts', async () => {
  bed = await openSyncBed()
  const clara = open('countyLead')
  const walt = open('weatherEditor')
  await Promise.all([clara.synced, walt.synced])
  for (let i = 0; i < 20; i++) clara.text.insert(0, 'x')
  await untilDoc(walt.doc, () => walt.text.length === 20)
  await bed.sync.drain()
  const rows = await events()
  expect(rows.map((row) => row.type).sort()).toEqual([
    'section.closed',
    'section.closed',
    'section.edit_closed',
    'section.edited',
    'section.opened',
    'section.opened',
  ])
  const closed = JSON.parse(rows.find((row) => row.type === 'section.edit_closed')?.canonical ?? '')
  expect(closed.volume.frames).toBe(20)
  const opened = JSON.parse(rows.find((row) => row.type === 'section.opened')?.canonical ?? '')
  expect(opened.decision.level).toBeDefined()
  expect(bed.touched).toContain(bed.world.people.countyLead.sessionId)
})

test('the end of a run of edits commits to the hashes of its stored rows, also where two take turns', async () => {
  bed = await openSyncBed()
  const clara = open('countyLead')
  const walt = open('weatherEditor')
  await Promise.all([clara.synced, walt.synced])
  for (let i = 1; i <= 4; i++) {
    clara.text.insert(0, 'x')
    await untilDoc(walt.doc, () => walt.text.length === 2 * i - 1)
    walt.text.insert(0, 'y')
    await untilDoc(clara.doc, () => clara.text.length === 2 * i)
  }
  await bed.sync.drain()
  const runs = await committedRows(bed.services.db)
  expect(runs).toHaveLength(2)
  for (const { said, stored } of runs) expect(said).toEqual(stored)
  // Rows of the other lie between: the numbers alone would not say which rows they are.
  for (const { said } of runs)
    expect(Number(said?.to) - Number(said?.from)).toBeGreaterThanOrEqual(Number(said?.count))
})

test('whose letters somebody deleted is on record, and a step 2 that repeats it is not held against its sender', async () => {
  bed = await openSyncBed()
  const clara = open('countyLead')
  const walt = open('weatherEditor')
  await Promise.all([clara.synced, walt.synced])
  clara.text.insert(0, 'Move the beds.')
  await untilDoc(walt.doc, () => walt.text.length === 14)
  walt.text.delete(0, 5)
  await untilDoc(clara.doc, () => clara.text.length === 9)
  const hana = raw('hospitalEditor', '?ack=1')
  await hana.message(isSync(0))
  const doc = baseDoc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(clara.doc))
  textOf(doc).insert(0, 'Do ')
  hana.send(writeStep2(Y.encodeStateAsUpdate(doc)))
  await hana.message((message) => ackIn(message) === 1)
  hana.ws.close()
  await bed.sync.drain()
  const ends = (await events()).filter((row) => row.type === 'section.edit_closed')
  const said = ends.map((row) => JSON.parse(row.canonical))
  const of = (who: keyof SyncBed['world']['people']) =>
    said.find(({ actor }) => actor.person === bed.world.people[who].personId)?.volume
  expect(of('countyLead')).toMatchObject({ deleted_own: 0, deleted_others: 0 })
  expect(of('weatherEditor')).toMatchObject({ deleted_own: 0, deleted_others: 5 })
  expect(of('hospitalEditor')).toMatchObject({ deleted_own: 0, deleted_others: 0 })
})

test('if the record cannot be written, nothing is shown and nothing is accepted', async () => {
  bed = await openSyncBed()
  const clara = raw('countyLead')
  await clara.message(isSync(0))
  await bed.services.db.query(
    `create function no_record() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`,
  )
  await bed.services.db.query(
    'create trigger no_record before insert on audit_inbox for each row execute function no_record()',
  )
  const walt = raw('weatherEditor')
  expect((await walt.closed).code).toBe(1013)
  expect(walt.received).toEqual([])
  const doc = baseDoc()
  textOf(doc).insert(0, 'Unrecorded.')
  clara.send(writeStep2(Y.encodeStateAsUpdate(doc)))
  expect((await clara.closed).code).toBe(1013)
  await bed.services.db.query('drop trigger no_record on audit_inbox')
  const { rows } = await bed.services.db.query('select 1 from section_updates')
  expect(rows).toEqual([])
})

test('an edit is sent on and acknowledged after its commit, not before', async () => {
  const { db, gate } = await gated()
  bed = await openSyncBed({ db })
  const clara = raw('countyLead', '?ack=1')
  const walt = raw('weatherEditor')
  await Promise.all([clara.message(isSync(0)), walt.message(isSync(0))])
  walt.send(writeStep1(Uint8Array.of(0)))
  await walt.message(isSync(1))
  let go: () => void = () => undefined
  const atGate = new Promise<void>((arrived) => {
    gate.before = () => {
      arrived()
      return new Promise((resolve) => {
        go = resolve
      })
    }
  })
  const doc = baseDoc()
  textOf(doc).insert(0, 'Committed first.')
  clara.send(writeStep2(Y.encodeStateAsUpdate(doc)))
  await atGate
  expect(walt.received.some(isSync(2))).toBe(false)
  expect(clara.received.some((message) => message[0] === 100)).toBe(false)
  gate.before = async () => undefined
  go()
  const ack = await clara.message((message) => message[0] === 100)
  expect(ackIn(ack)).toBe(1)
  await walt.message(isSync(2))
  clara.ws.terminate()
  walt.ws.terminate()
})

test('a commit that fails is seen by nobody; its author is told to come back, and nothing is lost or doubled', async () => {
  const { db, gate } = await gated()
  bed = await openSyncBed({ db })
  const clara = open('countyLead')
  const walt = open('weatherEditor')
  await Promise.all([clara.synced, walt.synced])
  const seen = raw('hospitalEditor')
  await seen.message(isSync(0))
  seen.send(writeStep1(Uint8Array.of(0)))
  await seen.message(isSync(1))
  gate.before = async () => {
    gate.before = async () => undefined
    throw new Error('the disk is full')
  }
  clara.text.insert(0, 'Once.')
  expect((await seen.closed).code).toBe(1013)
  expect(Buffer.concat(seen.received).includes('Once.')).toBe(false)
  // The stock client comes back by itself, and its step 2 brings what was not stored.
  await untilDoc(walt.doc, () => walt.text.toString() === 'Once.')
  const { rows } = await bed.services.db.query('select 1 from section_updates')
  expect(rows).toHaveLength(1)
})

test('another node writes to the same section: nothing is lost, nothing is doubled, everybody sees everything', async () => {
  bed = await openSyncBed()
  const other = await openSyncBed({ db: bed.services.db, world: bed.world })
  const clara = open('countyLead')
  const walt = openClient({
    port: other.port,
    sectionId: bed.world.sections.open,
    cookie: other.cookieOf(bed.world.people.weatherEditor),
  })
  clients.push(walt)
  await Promise.all([clara.synced, walt.synced])
  for (let i = 0; i < 10; i++) {
    clara.text.insert(0, 'c')
    walt.text.insert(0, 'w')
    await new Promise((resolve) => setImmediate(resolve))
  }
  const fresh = open('hospitalEditor')
  await fresh.synced
  walt.text.insert(0, 'W')
  clara.text.insert(0, 'C')
  const count = (doc: Y.Doc) => textOf(doc).toString().split('').sort().join('')
  const stored = async () => {
    const doc = baseDoc()
    const { rows } = await bed.services.db.query<{ bytes: Buffer }>(
      'select bytes from section_updates order by seq',
    )
    for (const row of rows) Y.applyUpdate(doc, row.bytes)
    return count(doc)
  }
  const all = `CW${'c'.repeat(10)}${'w'.repeat(10)}`
  await expect.poll(stored, { timeout: 5_000 }).toBe(all)
  await other.sync.drain()
  other.http.closeAllConnections()
  other.http.close()
})
