import type { Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MESSAGE, SYNC } from '@/lib/sync/protocol'
import { openClient, untilDoc } from '@/tests/support/sync/sync-client'
import { isStep2, openRaw } from '@/tests/support/sync/sync-raw-client'
import { openSyncBed, type SyncBed } from '@/tests/support/sync/sync-server'

let bed: SyncBed
/** The server's ends of all sockets, in the order in which they came. */
const sockets: Socket[] = []
beforeAll(async () => {
  bed = await openSyncBed()
  bed.http.on('upgrade', (_req, socket: Socket) => sockets.push(socket))
})
afterAll(() => bed.close())

const CHUNK = 'x'.repeat(128 * 1024)

test('whoever loses access while they do not read is cut off from what was written to them before', async () => {
  const { world, orgs, workspaceId, documentId, people } = bed.world
  const sectionId = await world.section(documentId, orgs.county, { begun: true })
  const personId = await world.person(orgs.weather)
  const membershipId = await world.membership(workspaceId, personId, 'reader')
  const cookie = bed.cookieOf(await world.actor(personId))
  const origin = 'http://localhost:3000'
  const slow = openRaw({ port: bed.port, sectionId, headers: { cookie, origin } })
  await slow.opened
  slow.send(Uint8Array.of(MESSAGE.sync, SYNC.step1, 1, 0))
  await slow.message(isStep2)
  slow.ws.pause()
  const [theirs] = sockets as [Socket]
  const [writer, other] = [people.countyLead, people.weatherEditor].map((actor) =>
    openClient({ port: bed.port, sectionId, cookie: bed.cookieOf(actor) }),
  ) as [ReturnType<typeof openClient>, ReturnType<typeof openClient>]
  await Promise.all([writer.synced, other.synced])
  // How much the kernel takes for somebody who does not read is not ours to choose.
  for (let typed = 0; theirs.writableLength === 0; ) {
    typed += CHUNK.length
    writer.text.insert(writer.text.length, CHUNK)
    await untilDoc(other.doc, () => other.text.length === typed)
  }
  await bed.services.db.transaction(async (tx) => {
    await tx.query('update memberships set ended_at = now() where id = $1', [membershipId])
    await bed.services.accessChanges.publish(tx, { workspaceId, personId })
  })
  const committed = performance.now()
  await new Promise((resolve) => theirs.once('close', resolve))
  expect(performance.now() - committed).toBeLessThan(1_000)
  slow.ws.resume()
  // No code: it would have to wait behind the text.
  expect((await slow.closed).code).toBe(1006)
  expect(Buffer.concat(slow.received).length).toBeLessThan(writer.text.length)
  for (const client of [writer, other]) client.destroy()
})
