import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { writeStep1, writeStep2, writeUpdate } from '@/lib/sync/frame'
import { LIMITS } from '@/lib/sync/limits'
import { baseDoc, textOf } from '@/tests/support/sync/base-text'
import { isSync, openRaw } from '@/tests/support/sync/sync-raw-client'
import { openSyncBed, type SyncBed } from '@/tests/support/sync/sync-server'

let bed: SyncBed
const ORIGIN = 'http://localhost:3000'

beforeAll(async () => {
  bed = await openSyncBed()
})
afterAll(() => bed.close())

const raw = (headers: Record<string, string>, sectionId = bed.world.sections.open, query?: string) =>
  openRaw({ port: bed.port, sectionId, headers, ...(query === undefined ? {} : { query }) })
const cookie = () => bed.cookieOf(bed.world.people.countyLead)

/** Sends text to the port and waits until the server has closed. */
const say = (text: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(bed.port, '127.0.0.1')
    let answer = ''
    socket.on('data', (data) => {
      answer += data.toString('latin1')
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(answer))
    socket.write(text)
  })

const request = (target: string, more: string[] = []) =>
  [
    `GET ${target} HTTP/1.1`,
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    `Origin: ${ORIGIN}`,
    ...more,
    '',
    '',
  ].join('\r\n')

describe('who may shake hands', () => {
  test.each([
    ['a foreign', 'https://evil.example'],
    ['a prefixed', 'http://evil-localhost:3000'],
    ['a suffixed', 'http://localhost:3000.evil.example'],
    ['a longer', 'http://localhost:3000/'],
    ['a null', 'null'],
    ['another scheme in the', 'https://localhost:3000'],
  ])('%s Origin is refused without a look at the session', async (_what, origin) => {
    const client = raw({ origin, cookie: cookie() })
    expect((await client.closed).code).toBe(4403)
    expect(client.received).toEqual([])
  })

  test('a missing Origin is refused', async () => {
    expect((await raw({ cookie: cookie() }).closed).code).toBe(4403)
  })

  test('no session, or one that nobody knows, is signed out', async () => {
    expect((await raw({ origin: ORIGIN }).closed).code).toBe(4401)
    expect((await raw({ origin: ORIGIN, cookie: 'test=forged' }).closed).code).toBe(4401)
  })

  test('a section id that is no id is not found', async () => {
    expect((await raw({ origin: ORIGIN, cookie: cookie() }, 'nothing').closed).code).toBe(4404)
    const upper = bed.world.sections.open.toUpperCase()
    expect((await raw({ origin: ORIGIN, cookie: cookie() }, upper).closed).code).toBe(4404)
  })

  test.each([
    '/elsewhere',
    '/collab',
    '/collab/',
    '/collab/a/b',
    '//evil.example/collab/x',
    'http://evil.example/collab/x',
    '/collab/x?token=secret',
    '/collab/x?ack=1&y=2',
    '/collab/..%2f',
  ])('target %s gets no socket', async (target) => {
    expect(await say(request(target, [`Cookie: ${cookie()}`]))).toMatch(/^HTTP\/1.1 (404|101)/)
    expect(bed.sync.stats().sockets).toBe(0)
  })

  test('malformed upgrades, resets and half requests leave the server alive', async () => {
    const target = `/collab/${bed.world.sections.open}`
    expect(await say(request(target, []).replace('Version: 13', 'Version: 7'))).toContain('400')
    expect(
      await say(request(target, [`Cookie: ${cookie()}`]).replace(/Sec-WebSocket-Key.*/, 'X: y')),
    ).toContain('400')
    expect(await say('GET /collab/ HTTP/9.9\r\n\r\n')).toContain('400')
    for (let i = 0; i < 20; i++) {
      const socket = connect(bed.port, '127.0.0.1')
      socket.on('error', () => undefined)
      socket.write(request(target, [`Cookie: ${cookie()}`]))
      socket.resetAndDestroy()
    }
    const client = raw({ origin: ORIGIN, cookie: cookie() })
    await client.message(isSync(0))
    client.ws.terminate()
  })
})

describe('limits', () => {
  test('bytes sent before identity are not read, and many handshakes of one address are cut', async () => {
    const release: (() => void)[] = []
    const slow = await openSyncBed()
    const { actorOfCookies } = slow.sessions
    slow.sessions.actorOfCookies = (header, source) =>
      new Promise((resolve, reject) => {
        release.push(() => actorOfCookies(header, source).then(resolve, reject))
      })
    const headers = { origin: ORIGIN, cookie: slow.cookieOf(slow.world.people.countyLead) }
    const sectionId = slow.world.sections.open
    const before = process.memoryUsage().rss
    const sockets = Array.from({ length: LIMITS.pendingPerAddress }, () => {
      const socket = connect(slow.port, '127.0.0.1')
      socket.on('error', () => undefined)
      socket.write(request(`/collab/${sectionId}`, [`Cookie: ${headers.cookie}`]))
      socket.write(Buffer.alloc(4 * 1024 * 1024, 0x82))
      return socket
    })
    while (release.length < LIMITS.pendingPerAddress) await new Promise((resolve) => setImmediate(resolve))
    const refused = openRaw({ port: slow.port, sectionId, headers })
    expect((await refused.closed).code).toBe(1013)
    // 256 MiB were offered; our own side of the sockets keeps most of it.
    expect(slow.sync.stats().sockets).toBe(0)
    expect(process.memoryUsage().rss - before).toBeLessThan(450 * 1024 * 1024)
    for (const socket of sockets) socket.destroy()
    for (const go of release) go()
    await slow.close()
  })

  test('a frame that is too large closes with 1009', async () => {
    const client = raw({ origin: ORIGIN, cookie: cookie() })
    await client.message(isSync(0))
    client.send(Buffer.alloc(LIMITS.frameBytes + 1))
    expect((await client.closed).code).toBe(1009)
  })

  test('step 1 is answered at a bounded rate', async () => {
    const client = raw({ origin: ORIGIN, cookie: cookie() })
    await client.message(isSync(0))
    for (let i = 0; i < 50; i++) client.send(writeStep1(Uint8Array.of(0)))
    client.send(Uint8Array.of(3))
    await client.message((message) => message[0] === 1)
    expect(client.received.filter(isSync(1)).length).toBeLessThanOrEqual(LIMITS.step1Burst)
    client.ws.terminate()
  })
})

describe('frames that break the protocol close with 4400, on record', () => {
  const doc = baseDoc()
  textOf(doc).insert(0, 'x')
  const update = Y.encodeStateAsUpdate(doc)
  const step2 = Buffer.from(writeStep2(Uint8Array.of(0, 0)))
  test.each<[string, string, Uint8Array[]]>([
    ['W-01', 'two messages in one frame', [Buffer.concat([step2, step2])]],
    ['W-01', 'an unknown message', [Uint8Array.of(77)]],
    ['W-01', 'a forged acknowledgement', [Uint8Array.of(100, 1)]],
    ['W-04', 'an empty frame', [new Uint8Array()]],
    ['W-06', 'a V2 update', [step2, writeUpdate(Y.encodeStateAsUpdateV2(doc))]],
    ['W-09', 'a clock gap', [step2, writeUpdate(Uint8Array.of(1, 1, 9, 50, 0, 3, 0))]],
    ['W-11', 'a deletion of what does not exist', [step2, writeUpdate(Uint8Array.of(0, 1, 9, 1, 0, 3))]],
  ])('[%s] %s', async (rule, _what, frames) => {
    const client = raw({ origin: ORIGIN, cookie: cookie() })
    await client.message(isSync(0))
    for (const frame of frames) client.send(frame)
    const { code, reason } = await client.closed
    expect(code).toBe(4400)
    if (rule !== 'W-06') expect(reason).toBe(rule)
  })

  test("[W-12] structs, also garbage-collected ones, under somebody else's clientID", async () => {
    const clara = raw({ origin: ORIGIN, cookie: cookie() }, undefined, '?ack=1')
    await clara.message(isSync(0))
    clara.send(writeStep2(update))
    await clara.message((message) => message[0] === 100)
    clara.ws.terminate()
    const clock = 1
    const client = doc.clientID
    const id = [client & 127, (client >> 7) & 127, (client >> 14) & 127, (client >> 21) & 127, client >>> 28]
    const varint = id.map((byte, i) => (i < 4 ? byte | 128 : byte))
    const forged = Uint8Array.from([1, 1, ...varint, clock, 0, 40, 0])
    const hugo = raw({ origin: ORIGIN, cookie: bed.cookieOf(bed.world.people.hospitalEditor) })
    await hugo.message(isSync(0))
    hugo.send(writeStep2(forged))
    const { code, reason } = await hugo.closed
    if (client >>> 28 !== 0) expect([code, reason]).toEqual([4400, 'W-12'])
    else expect(code).toBe(4400)
  })
})
