import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { baseDoc, textOf } from '@/tests/support/sync/base-text'
import { openClient, type SyncClient, untilDoc } from '@/tests/support/sync/sync-client'
import { openSyncBed, type SyncBed } from '@/tests/support/sync/sync-server'

let bed: SyncBed
const clients: SyncClient[] = []

beforeAll(async () => {
  bed = await openSyncBed()
})
afterAll(async () => {
  for (const client of clients) client.destroy()
  await bed.close()
})

const open = (who: keyof SyncBed['world']['people'], doc = new Y.Doc()) => {
  const { people, sections } = bed.world
  const client = openClient({
    port: bed.port,
    sectionId: sections.open,
    cookie: bed.cookieOf(people[who]),
    doc,
  })
  clients.push(client)
  return client
}

test('two stock clients edit one section, and it is stored under their names before anybody sees it', async () => {
  const clara = open('countyLead')
  const walt = open('weatherEditor')
  await Promise.all([clara.synced, walt.synced])
  clara.text.insert(0, 'The river rises. ')
  await untilDoc(walt.doc, () => walt.text.toString() === 'The river rises. ')
  walt.text.insert(walt.text.length, 'Rain until Friday.')
  await untilDoc(clara.doc, () => clara.text.toString() === 'The river rises. Rain until Friday.')

  const { rows } = await bed.services.db.query<{ person_id: string; bytes: Buffer }>(
    'select person_id, bytes from section_updates where section_id = $1 order by seq',
    [bed.world.sections.open],
  )
  const doc = baseDoc()
  for (const row of rows) Y.applyUpdate(doc, row.bytes)
  expect(textOf(doc).toString()).toBe('The river rises. Rain until Friday.')
  const { countyLead, weatherEditor } = bed.world.people
  expect(new Set(rows.map((row) => row.person_id))).toEqual(
    new Set([countyLead.personId, weatherEditor.personId]),
  )
})

test('a client that comes later gets everything', async () => {
  const hugo = open('hospitalEditor')
  await hugo.synced
  await untilDoc(hugo.doc, () => hugo.text.toString() === 'The river rises. Rain until Friday.')
})

test('a client keeps what it typed before it was connected', async () => {
  const hanna = open('hospitalLead', baseDoc())
  hanna.text.insert(0, 'Early. ')
  const clara = clients[0] as SyncClient
  await untilDoc(clara.doc, () => clara.text.toString().includes('Early. '))
})
