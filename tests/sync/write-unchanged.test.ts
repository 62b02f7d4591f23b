import { afterEach, expect, test } from 'vitest'
import type { Database } from '@/server/db/client'
import { openTestDatabase } from '@/tests/support/database'
import { openClient, type SyncClient, untilDoc } from '@/tests/support/sync/sync-client'
import { openSyncBed, type SyncBed } from '@/tests/support/sync/sync-server'

let beds: SyncBed[] = []
let clients: SyncClient[] = []

afterEach(async () => {
  for (const client of clients) client.destroy()
  clients = []
  for (const bed of beds.toReversed()) await bed.close()
  beds = []
})

const open = (bed: SyncBed, who: keyof SyncBed['world']['people']) => {
  const client = openClient({
    port: bed.port,
    sectionId: bed.world.sections.open,
    cookie: bed.cookieOf(bed.world.people[who]),
  })
  clients.push(client)
  return client
}

/** The real database; what happens between the decision to write one statement and the statement is up to the test. */
const watched = (db: Database) => {
  const seen = { written: 0, before: async (): Promise<void> => undefined }
  const write: Database['write'] = async (...statement) => {
    const { before } = seen
    seen.before = async () => undefined
    await before()
    seen.written++
    return db.write(...statement)
  }
  return { seen, db: Object.assign(Object.create(db) as Database, { write }) }
}

/** Two people in a section, one of whom has begun to type: from here on a keystroke takes one statement. */
const scene = async () => {
  const { seen, db } = watched(await openTestDatabase())
  const bed = await openSyncBed({ db })
  beds.push(bed)
  const clara = open(bed, 'countyLead')
  const walt = open(bed, 'weatherEditor')
  await Promise.all([clara.synced, walt.synced])
  clara.text.insert(0, 'a')
  await untilDoc(walt.doc, () => walt.text.toString() === 'a')
  expect(seen.written).toBe(0)
  return { seen, bed, clara, walt }
}

const rowsIn = async ({ services, world }: SyncBed) =>
  (
    await services.db.query<{ seq: number; frames: number; person_id: string; burst_id: string }>(
      'select seq, frames, person_id, burst_id from section_updates where section_id = $1 order by seq',
      [world.sections.open],
    )
  ).rows

const raiseClock = ({ services, world }: SyncBed) =>
  services.db.query('update access_clocks set epoch = epoch + 1 where key = $1', [
    `workspace:${world.workspaceId}`,
  ])

test('who goes on typing is written in one statement, under the same name and in the same run of edits', async () => {
  const { seen, bed, clara, walt } = await scene()
  clara.text.insert(1, 'b')
  await untilDoc(walt.doc, () => walt.text.toString() === 'ab')
  expect(seen.written).toBe(1)
  const [first, second, ...more] = await rowsIn(bed)
  expect(more).toEqual([])
  expect(second).toEqual({ ...first, seq: (first?.seq ?? 0) + 1 })
})

test('a clock of access has moved: the statement writes nothing, and access is asked about', async () => {
  const { seen, bed, clara, walt } = await scene()
  seen.before = async () => {
    await raiseClock(bed)
  }
  clara.text.insert(1, 'b')
  await untilDoc(walt.doc, () => walt.text.toString() === 'ab')
  expect(await rowsIn(bed)).toHaveLength(2)
})

test('access has ended meanwhile, and nobody has said so: nothing is stored or shown', async () => {
  const { seen, bed, clara, walt } = await scene()
  const closed = clara.closed()
  seen.before = async () => {
    await bed.services.db.query('update memberships set ended_at = now() where person_id = $1', [
      bed.world.people.countyLead.personId,
    ])
    await raiseClock(bed)
  }
  clara.text.insert(1, 'b')
  expect(await closed).toBe(4404)
  expect(seen.written).toBe(1)
  expect(await rowsIn(bed)).toHaveLength(1)
  expect(walt.text.toString()).toBe('a')
})

test('another node has written meanwhile: its row stands first, and nobody misses either', async () => {
  const { seen, bed, clara, walt } = await scene()
  const other = await openSyncBed({ db: bed.services.db, world: bed.world })
  const henry = open(other, 'hospitalEditor')
  await henry.synced
  let lost: number | null = null
  void clara.closed().then((code) => {
    lost = code
  })
  seen.before = async () => {
    henry.text.insert(0, 'h')
    await untilStored(bed, 2)
  }
  clara.text.insert(1, 'b')
  await untilDoc(walt.doc, () => walt.text.toString() === 'hab')
  expect((await rowsIn(bed)).map(({ seq }) => seq)).toEqual([1, 2, 3])
  expect(lost).toBeNull()
  await other.sync.drain()
  other.http.closeAllConnections()
  other.http.close()
})

const untilStored = (bed: SyncBed, rows: number) =>
  expect.poll(async () => (await rowsIn(bed)).length, { timeout: 5_000, interval: 10 }).toBe(rows)
