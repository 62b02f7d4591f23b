import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { writePresence, writeStep1, writeStep2, writeUpdate } from '@/lib/sync/frame'
import { writePresenceEntries } from '@/lib/sync/presence'
import { MESSAGE } from '@/lib/sync/protocol'
import type { Actor } from '@/server/identity/actor'
import * as hostile from '@/tests/attacks/hostile-bytes'
import { tell } from '@/tests/attacks/report'
import { EMPTY_STEP2, Scene, shown } from '@/tests/attacks/scene'
import type { Threat } from '@/tests/attacks/threats'
import { textsOf } from '@/tests/support/sync/block-text'
import { openClient, untilDoc } from '@/tests/support/sync/sync-client'
import { isStep2 } from '@/tests/support/sync/sync-raw-client'
import { openSyncBed, type SyncBed } from '@/tests/support/sync/sync-server'

/** Who may look and not write, and tries. */

let bed: SyncBed
let scene: Scene
beforeAll(async () => {
  bed = await openSyncBed()
})
afterAll(() => bed.close())
beforeEach(async () => {
  scene = await Scene.begin(bed)
})
afterEach(() => scene.end())

const reader = (): Actor => bed.world.people.countyReader
const rowsOf = async (actor: Actor): Promise<number> =>
  (
    await bed.services.db.query<{ n: number }>(
      'select count(*)::int as n from section_updates where section_id = $1 and person_id = $2',
      [scene.sectionId, actor.personId],
    )
  ).rows[0]?.n ?? -1

/** An edit of this very document, as a stock client would send it. */
const word = () => hostile.edit(scene.state, (doc) => textsOf(doc)[0]?.insert(0, 'A reader wrote this. '))
const deletion = () => hostile.edit(scene.state, (doc) => textsOf(doc)[0]?.delete(0, 4))

/** Sends frames as somebody who may not write; nothing changes for anybody. */
const closes = async (
  threat: Threat,
  sent: string,
  frames: Uint8Array[],
  [code, rule]: [number, string],
  who = reader(),
): Promise<void> => {
  const before = shown(scene.clara.doc)
  const { code: closed, reason } = await scene.send(frames, who, [])
  expect([closed, reason]).toEqual([code, rule])
  const record = await scene.onRecord('section.frame_refused', rule, who.personId)
  expect(await rowsOf(who)).toBe(0)
  await scene.unharmed(before)
  tell({ threat, sent, happened: `closed ${code}, ${rule}; nothing stored`, record })
}

test('[T-21] a reader types', () =>
  closes('T-21', 'a typed word as an update', [EMPTY_STEP2, writeUpdate(word())], [4403, 'W-13']))

test('[T-21] a reader deletes', () =>
  closes('T-21', 'a deletion as an update', [EMPTY_STEP2, writeUpdate(deletion())], [4403, 'W-13']))

test('[T-21] a reader types without a step 2 before it', () =>
  closes('T-21', 'an update before any step 2', [writeUpdate(word())], [4403, 'W-13']))

test('[T-22] a reader puts words into the answer to step 1', () =>
  closes('T-22', 'a typed word as step 2', [writeStep2(word())], [4403, 'W-13']))

test('[T-22] a reader puts a deletion into the answer to step 1', () =>
  closes('T-22', 'a deletion as step 2', [writeStep2(deletion())], [4403, 'W-13']))

test('[T-22] what a stock reader answers, with every deletion it knows, is no write', async () => {
  const before = shown(scene.clara.doc)
  textsOf(scene.clara.doc)[0]?.insert(0, 'gone')
  textsOf(scene.clara.doc)[0]?.delete(0, 4)
  await untilDoc(scene.walt.doc, () => shown(scene.walt.doc) === before)
  const client = await scene.intruder(reader(), '?ack=1')
  client.send(writeStep2(Y.encodeStateAsUpdate(scene.walt.doc)))
  await client.message((message) => message[0] === MESSAGE.ack && message[1] === 1)
  client.ws.terminate()
  await scene.unharmed(before)
})

test.each<[string, (update: Uint8Array) => Uint8Array, string]>([
  [
    'an over-long message type',
    (update) => Buffer.from([0x80, 0x00, ...writeUpdate(update).slice(1)]),
    'W-03',
  ],
  [
    'an over-long kind of sync message',
    (update) => Buffer.from([MESSAGE.sync, 0x82, 0x00, ...writeUpdate(update).slice(2)]),
    'W-03',
  ],
  ['a V2 update', (update) => writeUpdate(Y.convertUpdateFormatV1ToV2(update)), ''],
  ['a length that is too short', (update) => writeUpdate(update).slice(0, -1), 'W-04'],
])('[T-23] a reader writes with %s', async (sent, encode, rule) => {
  const before = shown(scene.clara.doc)
  const update = word()
  const { code, reason } = await scene.send([encode(update)], reader())
  expect(code).toBe(4400)
  if (rule !== '') expect(reason).toBe(rule)
  expect(reason).toMatch(/^W-\d\d$/)
  const record = await scene.onRecord('section.frame_refused', reason, reader().personId)
  expect(await rowsOf(reader())).toBe(0)
  await scene.unharmed(before)
  tell({ threat: 'T-23', sent: `a typed word, ${sent}`, happened: `closed 4400, ${reason}`, record })
})

test('[T-23] a text frame', async () => {
  const before = shown(scene.clara.doc)
  const client = await scene.intruder(reader())
  client.ws.send(Buffer.from(writeUpdate(word())).toString('latin1'))
  const { code, reason } = await client.closed
  expect([code, reason]).toEqual([4400, 'W-01'])
  const record = await scene.onRecord('section.frame_refused', 'W-01', reader().personId)
  await scene.unharmed(before)
  tell({ threat: 'T-23', sent: 'the same bytes as a text frame', happened: 'closed 4400, W-01', record })
})

test('[T-24] two messages in a frame: a harmless one, then a write', () =>
  closes(
    'T-24',
    'step 1 and a write in one frame',
    [Buffer.concat([writeStep1(Uint8Array.of(0)), writeUpdate(word())])],
    [4400, 'W-01'],
  ))

test('[T-25] an editor who is made a reader sends on over the same socket', async () => {
  const { world, workspaceId, orgs } = bed.world
  const personId = await world.person(orgs.hospital, { name: 'Eve Editor' })
  const membership = await world.membership(workspaceId, personId, 'editor')
  const eve = await world.actor(personId)
  const before = shown(scene.clara.doc)
  const client = await scene.intruder(eve, '?ack=1')
  client.send(EMPTY_STEP2)
  await client.message((message) => message[0] === MESSAGE.ack)
  await bed.services.db.transaction(async (tx) => {
    await tx.query('update memberships set ended_at = now() where id = $1', [membership])
    await tx.query(
      `insert into memberships (id, workspace_id, person_id, role, valid_from)
       values (gen_random_uuid(), $1, $2, 'reader', now())`,
      [workspaceId, personId],
    )
    await bed.services.accessChanges.publish(tx, { workspaceId, personId })
  })
  client.send(writeUpdate(word()))
  const { code } = await client.closed
  expect(code).toBe(4205)
  expect(await rowsOf(eve)).toBe(0)
  const again = await scene.send([writeUpdate(word())], eve)
  expect([again.code, again.reason]).toEqual([4403, 'W-13'])
  expect(await rowsOf(eve)).toBe(0)
  const record = await scene.onRecord('section.access_lost', null, personId)
  await scene.unharmed(before)
  tell({
    threat: 'T-25',
    sent: 'a write right after the downgrade was committed, and one on a new socket',
    happened: 'closed 4205, then 4403 W-13; nothing stored',
    record,
  })
})

test.each<[string, Uint8Array]>([
  ['an unknown message', Uint8Array.of(77, 1, 0)],
  ['an unknown sync message', Uint8Array.of(MESSAGE.sync, 9, 0)],
  ["the server's own acknowledgement", Uint8Array.of(MESSAGE.ack, 1)],
  ["the server's own denial", Uint8Array.of(MESSAGE.auth, 0, 0)],
])('[T-26] %s', (sent, frame) => closes('T-26', sent, [frame], [4400, 'W-01']))

test('[T-27] a reviewer may comment: shows a cursor, reads, and writes nothing into the document', async () => {
  const { world, workspaceId, orgs } = bed.world
  const personId = await world.person(orgs.hospital, { name: 'Rita Reviewer' })
  await world.membership(workspaceId, personId, 'reviewer')
  const rita = await world.actor(personId)
  const client = await scene.intruder(rita)
  client.send(
    writePresence(
      writePresenceEntries([{ client: 99, clock: 1, state: '{"cursor":{"anchor":1,"head":1}}' }]),
    ),
  )
  client.send(writeStep1(Uint8Array.of(0)))
  await client.message(isStep2)
  const { awareness } = scene.clara.provider
  await new Promise<void>((resolve) => {
    const look = () => {
      if (awareness.getStates().get(99)?.user?.name !== 'Rita Reviewer') return
      awareness.off('change', look)
      resolve()
    }
    awareness.on('change', look)
    look()
  })
  client.ws.terminate()
  await closes('T-27', "a reviewer's typed word", [writeStep2(word())], [4403, 'W-13'], rita)
})

test('[T-29] edits made offline and brought back after a downgrade', async () => {
  const { world, workspaceId, orgs } = bed.world
  const personId = await world.person(orgs.hospital, { name: 'Olga Offline' })
  const membership = await world.membership(workspaceId, personId, 'editor')
  const olga = await world.actor(personId)
  const cookie = bed.cookieOf(olga)
  const client = openClient({ port: bed.port, sectionId: scene.sectionId, cookie })
  await client.synced
  const before = shown(scene.clara.doc)
  client.provider.disconnect()
  textsOf(client.doc)[0]?.insert(0, 'Typed in the dark. ')
  await bed.services.db.transaction(async (tx) => {
    await tx.query('update memberships set ended_at = now() where id = $1', [membership])
    await tx.query(
      `insert into memberships (id, workspace_id, person_id, role, valid_from)
       values (gen_random_uuid(), $1, $2, 'reader', now())`,
      [workspaceId, personId],
    )
    await bed.services.accessChanges.publish(tx, { workspaceId, personId })
  })
  const closed = client.closed()
  client.provider.connect()
  expect(await closed).toBe(4403)
  expect(await rowsOf(olga)).toBe(0)
  const record = await scene.onRecord('section.frame_refused', 'W-13', personId)
  await scene.unharmed(before)
  client.destroy()
  tell({
    threat: 'T-29',
    sent: "a stock client's step 2 with edits made offline as an editor, now a reader",
    happened: 'closed 4403, W-13; nothing stored',
    record,
  })
})
