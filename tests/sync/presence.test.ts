import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Awareness } from 'y-protocols/awareness'
import { writePresence } from '@/lib/sync/frame'
import { writePresenceEntries } from '@/lib/sync/presence'
import { openClient, type SyncClient } from '@/tests/support/sync/sync-client'
import { isSync, openRaw } from '@/tests/support/sync/sync-raw-client'
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

const open = (who: keyof SyncBed['world']['people']) => {
  const client = openClient({
    port: bed.port,
    sectionId: bed.world.sections.open,
    cookie: bed.cookieOf(bed.world.people[who]),
  })
  clients.push(client)
  return client
}

const until = (awareness: Awareness, fits: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (!fits()) return
      awareness.off('change', look)
      resolve()
    }
    awareness.on('change', look)
    look()
  })

test('presence is what the server says about the speaker; forging is of no use', async () => {
  const clara = open('countyLead')
  const walt = open('weatherEditor')
  await Promise.all([clara.synced, walt.synced])
  const seen = clara.provider.awareness
  walt.provider.awareness.setLocalState({
    user: { name: 'Clara County', personId: bed.world.people.countyLead.personId, color: '#f00' },
    cursor: { anchor: 3, head: 4 },
    script: '<b>',
  })
  const waltId = walt.doc.clientID
  await until(seen, () => (seen.getStates().get(waltId)?.cursor ?? null) !== null)
  const { personId, name, orgShortCode, orgColour } = bed.world.people.weatherEditor
  const honest = { user: { personId, name, orgShortCode, orgColour }, cursor: { anchor: 3, head: 4 } }
  expect(seen.getStates().get(waltId)).toEqual(honest)

  // Somebody else speaks for Walt's clientID, with a huge clock, and takes it away, and then speaks for itself.
  const mallory = openRaw({
    port: bed.port,
    sectionId: bed.world.sections.open,
    headers: { origin: 'http://localhost:3000', cookie: bed.cookieOf(bed.world.people.hospitalEditor) },
  })
  await mallory.message(isSync(0))
  const say = (client: number, clock: number, state: string) =>
    mallory.send(writePresence(writePresenceEntries([{ client, clock, state }])))
  say(waltId, 2 ** 40, '{"cursor":null}')
  say(waltId, 2 ** 40 + 1, 'null')
  say(4242, 1, '{"user":{"name":"Walt Weather"}}')
  await until(seen, () => seen.getStates().has(4242))
  expect(seen.getStates().get(waltId)).toEqual(honest)
  expect(seen.getStates().get(4242)?.user.name).toBe('Hugo Hospital')
  // One connection, one clientID.
  say(4243, 1, '{}')
  say(4242, 2, '{"cursor":{"anchor":9,"head":9}}')
  await until(seen, () => seen.getStates().get(4242)?.cursor?.anchor === 9)
  expect(seen.getStates().has(4243)).toBe(false)
  mallory.ws.terminate()
  await until(seen, () => !seen.getStates().has(4242))
})

test('who returns with the same clientID and an old clock is seen at once', async () => {
  const clara = clients[0] as SyncClient
  const walt = clients[1] as SyncClient
  const seen = clara.provider.awareness
  walt.provider.disconnect()
  await until(seen, () => !seen.getStates().has(walt.doc.clientID))
  walt.provider.connect()
  await until(seen, () => seen.getStates().has(walt.doc.clientID))
})
