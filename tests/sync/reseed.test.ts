import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { CLOSE } from '@/lib/sync/protocol'
import { runOperation } from '@/server/operations/run-operation'
import { closeReseed } from '@/server/operations/sections/close-reseed'
import { openReseed } from '@/server/operations/sections/open-reseed'
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
  const cookie = bed.cookieOf(people[who])
  const client = openClient({ port: bed.port, sectionId: sections.open, cookie, doc })
  clients.push(client)
  return client
}

const events = async (type: string) => {
  const { rows } = await bed.services.db.query<{ canonical: string }>(
    'select canonical from audit_inbox where type = $1 order by writer_seq',
    [type],
  )
  return rows.map(({ canonical }) => JSON.parse(canonical) as Record<string, unknown>)
}

const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

/** The tab of a person who wrote after the backup was made. */
const tabOf = (from: Y.Doc, clientID: number, words: string): Y.Doc => {
  const theirs = copyOf(from)
  theirs.clientID = clientID
  textOf(theirs).insert(textOf(theirs).length, words)
  return theirs
}

/** The tab of somebody else that was open all the time: it holds what that person wrote. */
const tabWithMore = (from: Y.Doc, clientID: number, words: string): Y.Doc =>
  copyOf(tabOf(from, clientID, words))

test('[W-12] after a restore a tab brings back what others wrote only while a steward lets it', async () => {
  const { people, sections } = bed.world
  const carl = open('countyLead', baseDoc())
  await carl.synced
  carl.text.insert(0, 'Before. ')
  const seen = open('hospitalEditor')
  await untilDoc(seen.doc, () => seen.text.toString() === 'Before. ')

  // Gone home: a tab of its author's that is older than the text would take a new clientID when its own comes back.
  carl.destroy()
  clients.splice(clients.indexOf(carl), 1)
  const tab = tabWithMore(seen.doc, carl.doc.clientID, 'Lost. ')
  const nobodys = 77_777
  const author = tabOf(tab, nobodys, 'And nobody’s. ')
  const both = copyOf(author)
  const refused = open('weatherEditor', copyOf(both))
  expect(await refused.closed()).toBe(CLOSE.invalidFrame)
  expect(seen.text.toString()).toBe('Before. ')

  await runOperation(bed.services, people.countyLead, openReseed, { sectionId: sections.open, minutes: 5 })
  const walt = open('weatherEditor', both)
  await untilDoc(seen.doc, () => seen.text.toString() === 'Before. Lost. And nobody’s. ')
  // Its author's own tab goes on with the clientID that nobody has taken.
  const back = open('hospitalLead', author)
  await back.synced
  back.text.insert(0, 'I am back. ')
  await untilDoc(seen.doc, () => seen.text.toString().startsWith('I am back. '))
  expect(walt.provider.wsconnected).toBe(true)

  const [brought, ...more] = await events('section.reseeded')
  expect(more).toEqual([])
  expect(brought).toMatchObject({
    actor: { person: people.weatherEditor.personId },
    volume: { authors: 2 },
  })

  await runOperation(bed.services, people.countyLead, closeReseed, { sectionId: sections.open })
  const late = open('weatherEditor', tabWithMore(seen.doc, carl.doc.clientID, 'Forged. '))
  expect(await late.closed()).toBe(CLOSE.invalidFrame)
  expect(seen.text.toString()).not.toContain('Forged')
  expect((await events('section.frame_refused')).map(({ details }) => details)).toEqual([
    { rule: 'W-12' },
    { rule: 'W-12' },
  ])
})

test('[W-12] the window is for a step 2: a live update under somebody else’s clientID is forged', async () => {
  const { people, sections } = bed.world
  await runOperation(bed.services, people.countyLead, openReseed, { sectionId: sections.open, minutes: 5 })
  const seen = open('hospitalEditor')
  await seen.synced
  seen.text.insert(0, 'Mine. ')
  const forger = open('weatherEditor')
  await forger.synced
  await untilDoc(forger.doc, () => forger.text.toString().startsWith('Mine. '))
  // Something of its own first, so that its step 2 is over.
  forger.text.insert(0, 'Own. ')
  await untilDoc(seen.doc, () => seen.text.toString().startsWith('Own. '))
  const closing = forger.closed()
  Y.applyUpdate(
    forger.doc,
    Y.encodeStateAsUpdate(tabWithMore(seen.doc, seen.doc.clientID, 'Forged. ')),
    'paste',
  )
  expect(await closing).toBe(CLOSE.invalidFrame)
  expect(seen.text.toString()).not.toContain('Forged')
})
