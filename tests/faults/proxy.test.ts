import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FaultProxy } from '@/tests/support/fault-proxy'

/** A server that says back what it hears, and a client of it through the proxy. */
let proxy: FaultProxy
let client: Socket
let served: Socket
let close: () => void

beforeEach(async () => {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined)
    socket.pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  proxy = await FaultProxy.listen(() => (server.address() as AddressInfo).port)
  const arrived = once(server, 'connection')
  client = connect({ port: proxy.port, host: '127.0.0.1' })
  client.on('error', () => undefined)
  served = (await arrived)[0] as Socket
  close = () => {
    served.destroy()
    client.destroy()
    server.close()
  }
})
afterEach(async () => {
  close()
  await proxy.close()
})

/** `once` of node:events takes the error before it for the answer. */
const closed = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve))

const hear = async (length: number): Promise<string> => {
  let heard = ''
  while (heard.length < length) heard += String((await once(client, 'data'))[0])
  return heard
}

test('what goes in comes out, in order, and an end comes after it', async () => {
  client.end('one two')
  expect(await hear(7)).toBe('one two')
  await once(client, 'close')
})

test('a lane that is late is late, and never out of order', async () => {
  proxy.out.latencyMs = 60
  const began = performance.now()
  client.write('a')
  client.write('b')
  expect(await hear(2)).toBe('ab')
  expect(performance.now() - began).toBeGreaterThanOrEqual(59)
})

test('a lane that is slow is slow', async () => {
  proxy.back.bytesPerSecond = 10_000
  const began = performance.now()
  client.write('x'.repeat(1_000))
  client.write('y')
  await hear(1_001)
  expect(performance.now() - began).toBeGreaterThanOrEqual(95)
})

test('a lane that is cut holds everything back, tells nobody and loses nothing', async () => {
  proxy.back.open = false
  const heardThere = once(served, 'data')
  client.write('held')
  expect(String((await heardThere)[0])).toBe('held')
  let heard = false
  client.once('data', () => {
    heard = true
  })
  // Another connection's round trip the other way: whatever would have come is there by now.
  await new Promise((resolve) => setImmediate(resolve))
  expect(heard).toBe(false)
  const late = hear(4)
  proxy.heal()
  expect(await late).toBe('held')
})

test('a reset is told to both ends', async () => {
  const both = Promise.all([closed(client), closed(served)])
  proxy.reset()
  await both
  expect(proxy.connections).toBe(0)
})

test('a half-open link: the server is gone, and the client hears nothing of it', async () => {
  const gone = closed(served)
  proxy.halfOpen('server')
  await gone
  expect(client.destroyed).toBe(false)
  expect(proxy.connections).toBe(1)
})
