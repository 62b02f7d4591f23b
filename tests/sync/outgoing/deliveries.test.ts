import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Deliveries } from '@/server/sync/outgoing/deliveries'
import { Outbox } from '@/server/sync/outgoing/outbox'

let server: Server
let socket: Socket
let client: Socket
beforeAll(async () => {
  server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => server.close())

/** A node whose database is asked when a test says so. */
let inTouch: boolean
let answer: () => void
let outbox: Outbox
let received: string
beforeEach(async () => {
  const accepted = once(server, 'connection') as Promise<[Socket]>
  client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  ;[socket] = await accepted
  received = ''
  client.on('data', (bytes) => {
    received += String(bytes)
  })
  inTouch = true
  const nodes = {
    inTouch: () => inTouch,
    onAnswer: (listener: () => void) => {
      answer = listener
    },
  }
  outbox = new Outbox(socket, new Deliveries(nodes), () => undefined)
})

/** All that is ever sent. */
const whole = async () => {
  socket.end()
  await once(client, 'close')
  return received
}
const turn = () => new Promise((resolve) => setImmediate(resolve))

test('what is said while the node may have missed something waits until it has asked, and goes in its order', async () => {
  outbox.push(Buffer.from('a'))
  await turn()
  inTouch = false
  outbox.push(Buffer.from('b'))
  await turn()
  outbox.push(Buffer.from('c'))
  await turn()
  expect([outbox.sentBytes, outbox.behind]).toEqual([1, 2])
  inTouch = true
  answer()
  expect([outbox.sentBytes, outbox.behind]).toEqual([3, 0])
  expect(await whole()).toBe('abc')
})

test('an answer of the database does not let go a receiver that is still being asked about', async () => {
  inTouch = false
  outbox.push(Buffer.from('a'))
  await turn()
  // The answer says that something has changed for this one.
  outbox.hold()
  inTouch = true
  answer()
  outbox.push(Buffer.from('b'))
  await turn()
  expect(outbox.sentBytes).toBe(0)
  outbox.release()
  expect(await whole()).toBe('ab')
})

test('a receiver that may stay is not let go by that alone while the node is out of touch', async () => {
  outbox.hold()
  outbox.push(Buffer.from('a'))
  inTouch = false
  outbox.release()
  expect(outbox.sentBytes).toBe(0)
  inTouch = true
  answer()
  expect(await whole()).toBe('a')
})

test('what was thrown away never leaves', async () => {
  inTouch = false
  outbox.push(Buffer.from('a'))
  await turn()
  outbox.discard()
  inTouch = true
  answer()
  outbox.push(Buffer.from('b'))
  await turn()
  expect(await whole()).toBe('b')
})
