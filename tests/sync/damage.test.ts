import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { openSectionConnection } from '@/app/_editor/connection/section-connection'
import type { Id } from '@/lib/ids'
import type { Database } from '@/server/db/client'
import { storeSnapshot } from '@/server/sync/update-log'
import { loadSection } from '@/server/text/load-section'
import { beginBase, textOf } from '@/tests/support/sync/base-text'
import { openClient, type SyncClient, socketClass, untilDoc } from '@/tests/support/sync/sync-client'
import { openSyncBed, type SyncBed } from '@/tests/support/sync/sync-server'

let store: SyncBed
/** A server that has not read the section yet. */
let bed: SyncBed
let section: Id
const clients: SyncClient[] = []

const onStore = () =>
  openSyncBed({
    world: store.world,
    db: Object.assign(Object.create(store.services.db) as Database, { close: async () => {} }),
  })

beforeAll(async () => {
  store = await openSyncBed()
})
afterAll(() => store.close())

/** Every test has a section of its own that three commits made: "one ", "two ", "three ". */
const WORDS = ['one ', 'two ', 'three ']
beforeEach(async () => {
  bed = await onStore()
  const { world, documentId, orgs } = bed.world
  section = await world.section(documentId, orgs.county)
  const clara = open()
  await clara.synced
  for (const [i, word] of WORDS.entries()) {
    clara.doc.transact(() => {
      if (i === 0) beginBase(clara.doc)
      clara.text.insert(clara.text.length, word)
    })
    await until(async () => (await rowCount()) === i + 1)
  }
  await allOut()
  await bed.close()
  bed = await onStore()
})
afterEach(async () => {
  await allOut()
  await bed.close()
})

const open = (who: keyof SyncBed['world']['people'] = 'countyLead', doc = new Y.Doc()) => {
  const client = openClient({
    port: bed.port,
    sectionId: section,
    cookie: bed.cookieOf(bed.world.people[who]),
    doc,
  })
  clients.push(client)
  return client
}

const allOut = async () => {
  for (const client of clients.splice(0)) client.destroy()
  await until(async () => bed.sync.stats().sockets === 0)
}

const query = async <Row extends Record<string, unknown>>(text: string, ...values: unknown[]) =>
  (await bed.services.db.query<Row>(text, values)).rows
const rowCount = async () =>
  (await query<{ n: number }>('select count(*) as n from section_updates where section_id = $1', section))[0]
    ?.n
const events = async (type: string) =>
  query<{ canonical: string; outcome: string }>(
    'select canonical, outcome from audit_inbox where type = $1 and section_id = $2 order by at',
    type,
    section,
  )

/** What a bad disk does: the table's own guard does not see it. */
const spoil = async (seq: number) => {
  const [row] = await query<{ bytes: Buffer }>(
    'select bytes from section_updates where section_id = $1 and seq = $2',
    section,
    seq,
  )
  const bytes = Buffer.from(row?.bytes ?? [])
  bytes[bytes.length - 3] = (bytes[bytes.length - 3] as number) ^ 1
  await write(seq, bytes)
  return row?.bytes as Buffer
}
const write = async (seq: number, bytes: Buffer) => {
  await query('alter table section_updates disable trigger section_updates_kept')
  await query('update section_updates set bytes = $3 where section_id = $1 and seq = $2', section, seq, bytes)
  await query('alter table section_updates enable always trigger section_updates_kept')
}

const until = async (fits: () => Promise<boolean>) => {
  while (!(await fits())) await new Promise((resolve) => setImmediate(resolve))
}

test('a section with a damaged row shows its last whole version, and the record says so once', async () => {
  await spoil(2)
  const reader = open('weatherEditor')
  await reader.synced
  expect(reader.text.toString()).toBe('one ')
  await allOut()
  const again = open()
  await again.synced
  expect(again.text.toString()).toBe('one ')
  const found = await events('section.damaged')
  expect(found).toHaveLength(1)
  expect(JSON.parse(found[0]?.canonical ?? '{}')).toMatchObject({
    outcome: 'failed',
    details: { kind: 'update', seq: 2, why: 'hash', read_only: true },
  })
})

test('nothing is taken in a damaged section, nobody is thrown out for trying, and other sections work', async () => {
  await spoil(2)
  const clara = open()
  const walt = open('weatherEditor')
  await Promise.all([clara.synced, walt.synced])
  let closed = false
  void clara.closed().then(() => {
    closed = true
  })
  clara.text.insert(0, 'mine ')
  // The next answer to a question comes after whatever the insert would have caused.
  const other = openClient({
    port: bed.port,
    sectionId: bed.world.sections.open,
    cookie: bed.cookieOf(bed.world.people.countyLead),
  })
  clients.push(other)
  await other.synced
  other.text.insert(0, 'elsewhere')
  await until(
    async () =>
      (
        await query<{ n: number }>(
          'select count(*) as n from section_updates where section_id = $1',
          bed.world.sections.open,
        )
      )[0]?.n === 1,
  )
  expect(closed).toBe(false)
  expect(await rowCount()).toBe(3)
  expect(walt.text.toString()).toBe('one ')
  expect(await events('section.frame_refused')).toEqual([])
})

test('the editor says why nothing can be changed, and never that it is saved', async () => {
  await spoil(3)
  const doc = new Y.Doc()
  const connection = openSectionConnection({
    sectionId: section,
    doc,
    canEdit: true,
    serverUrl: `ws://127.0.0.1:${bed.port}`,
    WebSocketClass: socketClass({
      origin: 'http://localhost:3000',
      cookie: bed.cookieOf(bed.world.people.countyLead),
    }),
  })
  const said = await new Promise<string | null>((resolve) => {
    const stop = connection.status.subscribe(() => {
      if (connection.status.get() !== 'damaged') return
      stop()
      // Whoever hears of it asks at once.
      resolve(connection.reason.get())
    })
  })
  expect(said).toMatch(/damaged.*Whoever runs this server.*other sections work/)
  textOf(doc).insert(0, 'mine ')
  const other = open('weatherEditor')
  await other.synced
  expect(connection.saved.get()).toBe('saving')
  connection.destroy()
})

test('a row put back makes the section whole again, for those who are in it too', async () => {
  const bytes = await spoil(2)
  const walt = open('weatherEditor')
  await walt.synced
  expect(walt.text.toString()).toBe('one ')
  await write(2, bytes)
  const clara = open()
  await clara.synced
  expect(clara.text.toString()).toBe('one two three ')
  await untilDoc(walt.doc, () => walt.text.toString() === 'one two three ')
  clara.text.insert(clara.text.length, 'four')
  await untilDoc(walt.doc, () => walt.text.toString().endsWith('four'))
  expect(await events('section.mended')).toHaveLength(1)
})

test('a missing row is as bad as a damaged one', async () => {
  await query('alter table section_updates disable trigger section_updates_kept')
  await query('delete from section_updates where section_id = $1 and seq = 2', section)
  await query('alter table section_updates enable always trigger section_updates_kept')
  expect(await loadSection(bed.services.db, section)).toMatchObject({
    rows: [{ seq: 1 }],
    damage: { kind: 'update', seq: 2, why: 'missing', readOnly: true },
  })
})

test('a damaged snapshot is passed over: its rows are all there, and it stays as evidence', async () => {
  const doc = new Y.Doc()
  for (const { bytes } of await query<{ bytes: Buffer }>(
    'select bytes from section_updates where section_id = $1 order by seq',
    section,
  ))
    Y.applyUpdate(doc, bytes)
  await storeSnapshot(bed.services.db, section, 2, Y.encodeStateAsUpdate(doc))
  await query(`update section_snapshots set bytes = bytes || '\\x00'::bytea where section_id = $1`, section)
  const clara = open()
  await clara.synced
  expect(clara.text.toString()).toBe('one two three ')
  clara.text.insert(clara.text.length, 'four')
  await until(async () => (await rowCount()) === 4)
  const [found] = await events('section.damaged')
  expect(JSON.parse(found?.canonical ?? '{}').details).toEqual({
    kind: 'snapshot',
    read_only: false,
    seq: 2,
    why: 'hash',
  })
  await storeSnapshot(bed.services.db, section, 4, Y.encodeStateAsUpdate(clara.doc))
  expect(
    await query('select seq from section_snapshots where section_id = $1 order by seq', section),
  ).toEqual([{ seq: 2 }, { seq: 4 }])
})

test('a snapshot without rows behind it lets nobody write when it is damaged', async () => {
  const { world, documentId, orgs } = bed.world
  section = await world.section(documentId, orgs.county)
  await storeSnapshot(bed.services.db, section, 0, Uint8Array.of(0, 0))
  await query(`update section_snapshots set bytes = '\\x0001'::bytea where section_id = $1`, section)
  expect(await loadSection(bed.services.db, section)).toMatchObject({
    snapshot: null,
    rows: [],
    damage: { kind: 'snapshot', readOnly: true },
  })
})
