import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeStep1 } from '@/lib/sync/frame'
import { CLOSE } from '@/lib/sync/protocol'
import type { Actor } from '@/server/identity/actor'
import { isStep2, openRaw, type RawClient } from '@/tests/support/sync/sync-raw-client'
import { openSyncBed, type SyncBed } from '@/tests/support/sync/sync-server'

let bed: SyncBed
beforeAll(async () => {
  bed = await openSyncBed()
})
afterAll(() => bed.close())

const SOCKETS = 300
const PEOPLE = 30

const join = async (sectionId: string, actor: Actor): Promise<RawClient> => {
  const headers = { origin: 'http://localhost:3000', cookie: bed.cookieOf(actor) }
  const client = openRaw({ port: bed.port, sectionId, headers })
  await client.opened
  client.send(writeStep1(Uint8Array.of(0)))
  await client.message(isStep2)
  return client
}

describe('a change for a whole workspace', () => {
  test('closes all who lose it and nobody else, with three hundred sockets on the embedded database', async () => {
    const { world, workspaceId, documentId, orgs } = bed.world
    const leaving = await world.org()
    const participationId = await world.participation(workspaceId, leaving)
    const sectionId = await world.section(documentId, orgs.county)
    const actors: Actor[] = []
    for (let i = 0; i < PEOPLE; i++) {
      const personId = await world.person(i % 2 === 0 ? leaving : orgs.county)
      await world.membership(workspaceId, personId, 'editor')
      actors.push(await world.actor(personId))
    }
    const clients = await Promise.all(
      Array.from({ length: SOCKETS }, (_, i) => join(sectionId, actors[i % PEOPLE] as Actor)),
    )
    const losing = clients.filter((_, i) => (i % PEOPLE) % 2 === 0)
    const staying = clients.filter((client) => !losing.includes(client))
    const early: number[] = []
    for (const client of staying) client.ws.once('close', (code) => early.push(code))

    const { db, accessChanges } = bed.services
    await db.transaction(async (tx) => {
      await tx.query('update participations set ended_at = now() where id = $1', [participationId])
      await accessChanges.publish(tx, { workspaceId })
    })
    const ends = await Promise.all(losing.map((client) => client.closed))
    // A socket that is not answered for within the promised time is closed with 1013 instead.
    expect(new Set(ends.map(({ code }) => code))).toEqual(new Set([CLOSE.hiddenOrMissing]))
    expect(new Set(ends.map(({ reason }) => reason))).toEqual(new Set(['R4']))

    // A second change, for one who stays: when it has acted, the first has long been through with everybody.
    const [last] = staying as [RawClient]
    await db.transaction(async (tx) => {
      await tx.query('update sessions set ended_at = now() where id = $1', [actors[1]?.sessionId])
      await accessChanges.publish(tx, { personId: actors[1]?.personId as string })
    })
    expect((await last.closed).code).toBe(CLOSE.signedOut)
    expect(early.every((code) => code === CLOSE.signedOut)).toBe(true)
    for (const client of clients) client.ws.terminate()
  })
})
