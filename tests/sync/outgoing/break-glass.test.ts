import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openClient, type SyncClient, untilDoc } from '@/tests/support/sync/sync-client'
import { openSyncBed, type SyncBed } from '@/tests/support/sync/sync-server'

let bed: SyncBed
let clients: SyncClient[] = []
beforeAll(async () => {
  bed = await openSyncBed()
})
afterEach(() => {
  for (const client of clients) client.destroy()
  clients = []
})
afterAll(() => bed.close())

const open = (who: keyof SyncBed['world']['people'], sectionId: string) => {
  const { port, cookieOf, world } = bed
  const client = openClient({ port, sectionId, cookie: cookieOf(world.people[who]) })
  clients.push(client)
  return client
}

/** A section of the hospital's for nobody else, and a look at it by an editor of Weather's. */
const look = async (lasts: number) => {
  const { world, orgs, documentId, people } = bed.world
  const sectionId = await world.section(documentId, orgs.hospital, { begun: true })
  await world.boundary({ sectionId }, [{ kind: 'org', id: orgs.hospital, max: 'manage' }])
  const until = Date.now() + lasts
  const id = await world.insert('break_glass', {
    section_id: sectionId,
    person_id: people.weatherEditor.personId,
    session_id: people.weatherEditor.sessionId,
    reason: 'Needed.',
    valid_from: new Date(Date.now() - 1_000),
    valid_until: new Date(until),
  })
  return { sectionId, until, id }
}

describe('[R5] [R7] an emergency look on a socket', () => {
  test('reads, closes at its own end, and does not open again', async () => {
    const { sectionId, until } = await look(1_200)
    const hanna = open('hospitalLead', sectionId)
    await hanna.synced
    hanna.text.insert(0, 'Twelve beds.')
    const walt = open('weatherEditor', sectionId)
    await walt.synced
    await untilDoc(walt.doc, () => walt.text.toString() === 'Twelve beds.')
    expect(await walt.closed()).toBe(4404)
    expect(Date.now()).toBeGreaterThanOrEqual(until)
    expect(Date.now() - until).toBeLessThan(1_000)
    expect(await open('weatherEditor', sectionId).closed()).toBe(4404)
  })

  test('is nobody else’s, and writes nothing', async () => {
    const { sectionId } = await look(60_000)
    expect(await open('weatherSteward', sectionId).closed()).toBe(4404)
    const hanna = open('hospitalLead', sectionId)
    const walt = open('weatherEditor', sectionId)
    await Promise.all([hanna.synced, walt.synced])
    walt.text.insert(0, 'Forged. ')
    expect(await walt.closed()).toBeGreaterThanOrEqual(4400)
    hanna.text.insert(0, 'True. ')
    const again = open('weatherEditor', sectionId)
    await untilDoc(again.doc, () => again.text.toString() === 'True. ')
    const { rows } = await bed.services.db.query(
      'select 1 from section_updates where section_id = $1 and person_id = $2',
      [sectionId, bed.world.people.weatherEditor.personId],
    )
    expect(rows).toEqual([])
  })
})
