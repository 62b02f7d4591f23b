import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { writePresence, writeStep1, writeStep2, writeUpdate } from '@/lib/sync/frame'
import { LIMITS } from '@/lib/sync/limits'
import { writePresenceEntries } from '@/lib/sync/presence'
import { MESSAGE } from '@/lib/sync/protocol'
import * as hostile from '@/tests/attacks/hostile-bytes'
import { tell } from '@/tests/attacks/report'
import { EMPTY_STEP2, Scene, shown } from '@/tests/attacks/scene'
import { textsOf } from '@/tests/support/sync/block-text'
import { untilDoc } from '@/tests/support/sync/sync-client'
import { isStep2 } from '@/tests/support/sync/sync-raw-client'
import { openSyncBed, type SyncBed } from '@/tests/support/sync/sync-server'

/** The ten that were seen with real Yjs, by somebody who may write here. */

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

/** The rule about root names. */
const ROOTS = 'W-14'

/** Where somebody's next struct would begin. */
const next = (of: Y.Doc, as = of.clientID): number => Y.getState(of.store, as)

describe('[T-01] structs that suppress what somebody else will write', () => {
  test("[T-01] a garbage-collect struct under Clara's clientID", async () => {
    const { doc } = scene.clara
    const forged = hostile.update([
      { client: doc.clientID, clock: next(doc), structs: [hostile.collected(40)] },
    ])
    await scene.refused('T-01', "8 bytes: garbage-collected run under another's clientID", forged, 'W-12')
  })

  test("[T-01] a skip under Clara's clientID", async () => {
    const { doc } = scene.clara
    const forged = hostile.update([
      { client: doc.clientID, clock: next(doc), structs: [hostile.skipped(40)] },
    ])
    await scene.refused('T-01', "skip under another's clientID", forged, 'W-09')
  })
})

describe('[T-02] writing as somebody else', () => {
  test("[T-02] text under Clara's clientID at her next clock", async () => {
    const forged = hostile.edit(
      scene.state,
      (doc) => textsOf(doc)[0]?.insert(0, 'Clara says: open the gates. '),
      scene.clara.doc.clientID,
    )
    await scene.refused('T-02', "text under another's clientID, next clock", forged, 'W-12')
  })

  test('[T-02] other text for a clock that Clara has used changes nothing for anybody', async () => {
    const before = shown(scene.clara.doc)
    const other = hostile.edit(
      Uint8Array.of(0, 0),
      (doc) => doc.getXmlFragment('prosemirror').insert(0, [new Y.XmlElement('blockGroup')]),
      scene.clara.doc.clientID,
    )
    const client = await scene.intruder(undefined, '?ack=1')
    for (const frame of [EMPTY_STEP2, writeUpdate(other), writeStep2(other)]) client.send(frame)
    await client.message((message) => message[0] === 100 && message[1] === 3)
    client.ws.terminate()
    await scene.unharmed(before)
    const happened = 'read, found to be nothing new, neither stored nor sent on'
    tell({
      threat: 'T-02',
      sent: "other text for another's used clock",
      happened,
      record: 'none: nothing happened',
    })
  })
})

test('[T-03] 20,000 root names in one update', async () => {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (let i = 0; i < 20_000; i++) doc.getText(`r${i}`).insert(0, 'x')
  })
  const bytes = Y.encodeStateAsUpdate(doc)
  await scene.refused('T-03', `20,000 root names, ${bytes.length} bytes`, bytes, ROOTS)
})

describe('[T-04] what would wait for ever', () => {
  const mine = 4242
  const word = hostile.text('x')
  test.each<[string, string, Uint8Array]>([
    [
      'clocks that begin with a gap',
      'W-09',
      hostile.update([{ client: mine, clock: 50, structs: [hostile.collected(3)] }]),
    ],
    [
      'a struct after one that nobody knows',
      'W-10',
      hostile.update([{ client: mine, clock: 0, structs: [hostile.after(7, 9, 4, word)] }]),
    ],
    [
      'two structs that wait for each other',
      'W-10',
      hostile.update([
        { client: mine, clock: 0, structs: [hostile.after(mine - 1, 0, 4, word)] },
        { client: mine - 1, clock: 0, structs: [hostile.after(mine, 0, 4, word)] },
      ]),
    ],
    ['a deletion of what does not exist', 'W-11', hostile.update([], [[mine, 0, 1_000_000]])],
  ])('[T-04] %s', (what, rule, bytes) => scene.refused('T-04', what, bytes, rule))
})

describe('[T-05] bytes that block or overrun a reader', () => {
  const v2 = (): Uint8Array => {
    const doc = new Y.Doc()
    doc.clientID = 4242
    doc.getXmlFragment('prosemirror').insert(0, [new Y.XmlElement('blockGroup')])
    return Y.encodeStateAsUpdateV2(doc)
  }
  const huge = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f]
  test.each<[string, string, Uint8Array]>([
    ['a V2 update', 'W-07', v2()],
    ['a varint of 2^53', 'W-03', Uint8Array.of(1, 1, 9, ...huge)],
    ['an over-long varint', 'W-03', Uint8Array.of(0x81, 0x00, 1, 9, 0, 0, 1, 0)],
    ['a length past the end', 'W-04', Uint8Array.of(1, 1, 9, 0, 0x84, 7, 2, 8, 0x61)],
    [
      'two thousand million clocks in one struct',
      'W-07',
      hostile.update([{ client: 4242, clock: 5, structs: [hostile.collected(0x7fff_ffff)] }]),
    ],
    ['a count of structs that are not there', 'W-03', Uint8Array.of(1, 0xff, 0x7f, 9, 0)],
  ])('[T-05] %s', async (what, rule, bytes) => {
    const begun = performance.now()
    await scene.refused('T-05', what, bytes, rule)
    expect(performance.now() - begun).toBeLessThan(5_000)
  })
})

test('[T-06] three bytes that ask for a whole document, 500 times', async () => {
  const long = 'All of it. '.repeat(20_000)
  textsOf(scene.clara.doc)[0]?.insert(0, long)
  await untilDoc(scene.walt.doc, () => shown(scene.walt.doc).includes(long))
  const before = shown(scene.clara.doc)
  const client = await scene.intruder()
  for (let i = 0; i < 500; i++) client.send(writeStep1(Uint8Array.of(0)))
  await client.message(isStep2)
  const told = () => client.received.filter((message) => message[0] === MESSAGE.awareness).length
  const before500 = told()
  client.send(Uint8Array.of(MESSAGE.queryAwareness))
  await client.message(() => told() > before500)
  const answers = client.received.filter(isStep2).length
  const bytes = client.received.reduce((sum, message) => sum + message.length, 0)
  expect(answers).toBeGreaterThan(0)
  expect(answers).toBeLessThanOrEqual(LIMITS.step1Burst)
  expect(bytes).toBeLessThan((LIMITS.step1Burst + 1) * (before.length + 4_096))
  client.ws.terminate()
  await scene.unharmed(before)
  const happened = `${answers} answers, ${bytes} bytes; the rest one a second, newest question only`
  tell({
    threat: 'T-06',
    sent: `500 × step 1 for ${before.length} bytes`,
    happened,
    record: await scene.onRecord('section.opened', null),
  })
})

test("[T-07] presence for Walt's clientID with a huge clock, and as Walt under one's own", async () => {
  const { clara, walt } = scene
  const before = shown(clara.doc)
  const seen = clara.provider.awareness
  const until = (fits: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!fits()) return
        seen.off('change', look)
        resolve()
      }
      seen.on('change', look)
      look()
    })
  const waltId = walt.doc.clientID
  walt.provider.awareness.setLocalStateField('cursor', { anchor: 1, head: 1 })
  await until(() => seen.getStates().get(waltId)?.cursor?.anchor === 1)
  const honest = seen.getStates().get(waltId)
  const client = await scene.intruder()
  const say = (clientId: number, clock: number, state: unknown) =>
    client.send(
      writePresence(writePresenceEntries([{ client: clientId, clock, state: JSON.stringify(state) }])),
    )
  say(waltId, 2 ** 40, { cursor: null })
  say(waltId, 2 ** 40 + 1, null)
  const lie = { name: '\u202eretlaW\u001b[31m', color: 'url(https://evil.example)', orgColour: 'red' }
  say(4242, 2 ** 50, { user: lie, cursor: { anchor: 9, head: 9 }, script: '<script>1</script>' })
  await until(() => seen.getStates().has(4242))
  expect(seen.getStates().get(waltId)).toEqual(honest)
  const { personId, name, orgShortCode, orgColour } = bed.world.people.hospitalEditor
  expect(seen.getStates().get(4242)).toEqual({
    user: { personId, name, orgShortCode, orgColour },
    cursor: { anchor: 9, head: 9 },
  })
  client.ws.terminate()
  await until(() => !seen.getStates().has(4242))
  expect(seen.getStates().get(waltId)).toEqual(honest)
  await scene.unharmed(before)
  tell({
    threat: 'T-07',
    sent: "presence for another's clientID, clocks 2^40 and 2^50, a forged name and colour",
    happened: 'ignored; shown under the own name, agency and colour that the server knows',
    record: await scene.onRecord('section.opened', null, personId),
  })
})
