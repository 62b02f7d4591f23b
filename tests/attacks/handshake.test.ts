import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { deflateRawSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Front } from '@/tests/attacks/front'
import { tell } from '@/tests/attacks/report'
import { isSync } from '@/tests/support/sync/sync-raw-client'

/** What comes before the first frame. */

let front: Front
let clara = ''
beforeAll(async () => {
  front = await Front.start()
  clara = await front.signIn('countyLead')
})
afterAll(() => front.stop())

/** Whatever was sent: the process is the same one, and an honest person goes in and writes. */
afterEach(async () => {
  expect(front.isAlive).toBe(true)
  const client = front.raw({ origin: front.origin, cookie: clara })
  await client.message(isSync(0))
  client.ws.terminate()
})

test.each([
  ['foreign', 'https://evil.example'],
  ['prefixed', 'http://evil-localhost:%'],
  ['suffixed', 'http://localhost:%.evil.example'],
  ['with a slash', 'http://localhost:%/'],
  ['null', 'null'],
  ['missing', ''],
])('[T-11] %s Origin with a live session', async (what, pattern) => {
  const origin = pattern.replace('%', String(front.port))
  const client = front.raw({ ...(origin === '' ? {} : { origin }), cookie: clara })
  expect((await client.closed).code).toBe(4403)
  expect(client.received).toEqual([])
  tell({
    threat: 'T-11',
    sent: `${what} Origin, live session`,
    happened: 'closed 4403, no message',
    record: 'none: nobody asked the session store',
  })
})

/** Sockets that are written to and never read. In waves: more at once than the kernel queues would wait for its retries. */
const flood = async (count: number, write: (socket: Socket, at: number) => void): Promise<Socket[]> => {
  const sockets: Socket[] = []
  while (sockets.length < count) {
    const wave = Array.from({ length: Math.min(200, count - sockets.length) }, (_, at) => {
      const socket = connect(front.port, '127.0.0.1', () => write(socket, sockets.length + at))
      return new Promise<Socket>((resolve) => {
        socket.once('connect', () => resolve(socket))
        socket.on('error', () => resolve(socket))
      })
    })
    sockets.push(...(await Promise.all(wave)))
  }
  return sockets
}

test('[T-15] two thousand sockets that send before anybody knows who they are', async () => {
  const before = await front.memory()
  const target = `/collab/${front.ready.sectionId}`
  const bytes = Buffer.alloc(32 * 1024, 0x82)
  const sockets = await flood(2_000, (socket, at) => {
    const cookie = `Cookie: liaison-session=${String(at).padStart(43, 'x')}`
    socket.write(front.request(target, [`Origin: ${front.origin}`, cookie]))
    socket.write(bytes)
  })
  // Whoever comes now is answered, so what was sent before has been looked at.
  const honest = front.raw({ origin: front.origin, cookie: clara })
  await Promise.race([honest.closed, honest.message(isSync(0))])
  honest.ws.terminate()
  const grown = (await front.memory()) - before
  for (const socket of sockets) socket.destroy()
  expect(grown).toBeLessThan(96 * 1024 * 1024)
  tell({
    threat: 'T-15',
    sent: '2,000 sockets without a session, 32 KiB each',
    happened: `at most 64 handshakes of one address at a time, the rest 1013; memory +${Math.round(grown / 2 ** 20)} MB`,
    record: 'none: nobody was anybody',
  })
})

test('[T-16] handshakes that never end', async () => {
  const begun = Date.now()
  const text = front.request(`/collab/${front.ready.sectionId}`)
  const sockets = await flood(200, (socket) => socket.write(text.slice(0, 60)))
  const ends = sockets.map((socket) => {
    const drip = setInterval(() => socket.write('X'), 1_000)
    socket.resume()
    return new Promise<void>((resolve) =>
      socket.once('close', () => {
        clearInterval(drip)
        resolve()
      }),
    )
  })
  const honest = front.raw({ origin: front.origin, cookie: clara })
  await honest.message(isSync(0))
  honest.ws.terminate()
  await Promise.all(ends)
  const seconds = Math.round((Date.now() - begun) / 1000)
  expect(seconds).toBeLessThan(25)
  const happened = `cut within ${seconds} s; others come in meanwhile`
  tell({ threat: 'T-16', sent: '200 sockets, a byte a second', happened, record: 'none: no request' })
})

test('[T-17] resets at any moment, and upgrades that are none', async () => {
  const target = `/collab/${front.ready.sectionId}`
  const good = front.request(target, [`Origin: ${front.origin}`, `Cookie: ${clara}`])
  for (const socket of await flood(100, (one, at) => one.write(good.slice(0, 20 + at * 4))))
    socket.resetAndDestroy()
  const bad = [
    good.replace('Version: 13', 'Version: 7'),
    good.replace(/Sec-WebSocket-Key.*/, 'X: y'),
    good.replace('GET', 'G\u0000T'),
    good.replace('HTTP/1.1', 'HTTP/9.9'),
    good.replace('Host: localhost', `X: ${'y'.repeat(20_000)}`),
    good.replace('Host: localhost', 'Content-Length: 5\r\nTransfer-Encoding: chunked'),
  ]
  for (const text of bad) expect(await front.say(text)).toMatch(/^HTTP\/1.1 4\d\d /)
  tell({
    threat: 'T-17',
    sent: '100 resets inside a handshake, 6 broken upgrades',
    happened: 'HTTP 4xx or nothing',
    record: 'none',
  })
})

test('[T-18] unknown paths and absolute addresses get no socket, and nobody is called', async () => {
  let called = 0
  const other = createServer((_req, res) => {
    called++
    res.end()
  })
  other.on('connection', () => called++)
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  const targets = [
    '/elsewhere',
    '/collab',
    '/collab/a/b',
    '/_next/webpack-hmr',
    `http://127.0.0.1:${port}/collab/x`,
    `//127.0.0.1:${port}/collab/x`,
    `/\\127.0.0.1:${port}/`,
    '/collab/..%2f..%2fetc',
  ]
  const more = [`Origin: ${front.origin}`, `Cookie: ${clara}`, `X-Forwarded-Host: 127.0.0.1:${port}`]
  for (const target of targets) {
    const answer = await front.say(front.request(target, more))
    // An accepted socket only to say that there is nothing: a close frame with 4404, and no message.
    if (answer.startsWith('HTTP/1.1 101')) expect(answer).toContain('\u0088\u0002\u0011\u0034')
    else expect(answer).toMatch(/^HTTP\/1.1 4\d\d |^$/)
  }
  expect(called).toBe(0)
  other.close()
  tell({
    threat: 'T-18',
    sent: `${targets.length} targets: unknown, absolute, //host, backslash`,
    happened: 'HTTP 4xx or closed 4404; no outbound connection',
    record: 'none',
  })
})

test('[T-19] compression is not agreed to, and a compressed frame ends the socket', async () => {
  const target = `/collab/${front.ready.sectionId}`
  const offer = 'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits'
  const before = await front.memory()
  const bomb = deflateRawSync(Buffer.alloc(64 * 1024 * 1024))
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(front.port, '127.0.0.1')
    let said = ''
    socket.on('data', (data) => {
      if (said === '') {
        const header = Buffer.alloc(14)
        // Final, RSV1 (compressed), binary; masked with zeros; 64-bit length.
        header[0] = 0xc2
        header[1] = 0xff
        header.writeBigUInt64BE(BigInt(bomb.length), 2)
        socket.write(Buffer.concat([header, bomb]))
      }
      said += data.toString('latin1')
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(said))
    socket.write(front.request(target, [`Origin: ${front.origin}`, `Cookie: ${clara}`, offer]))
  })
  expect(answer).toContain('101 Switching')
  expect(answer.toLowerCase()).not.toContain('permessage-deflate')
  // A close frame with 1002: protocol error.
  expect(answer).toContain('\u0088\u0002\u0003\u00ea')
  expect((await front.memory()) - before).toBeLessThan(48 * 1024 * 1024)
  const record = await front.onRecord('section.closed', front.ready.people.countyLead?.personId ?? '')
  const sent = `permessage-deflate offered, then 64 MiB in ${bomb.length} bytes`
  tell({ threat: 'T-19', sent, happened: 'not agreed to; closed 1002, never inflated', record })
})
