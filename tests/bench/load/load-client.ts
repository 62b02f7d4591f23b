import { connect, type Socket } from 'node:net'
import { EMPTY_UPDATE, writeStep1, writeStep2 } from '@/lib/sync/frame'
import { MESSAGE, SYNC } from '@/lib/sync/protocol'
import { FrameReader } from '@/tests/bench/load/frame-reader'
import { binaryFrame, clientFrame } from '@/tests/bench/load/keystrokes'
import type { Server } from '@/tests/bench/servers'

/** No server here takes this long to answer. */
const PATIENCE_MS = 30_000
const NO_STATE = Uint8Array.of(0)
const CLOSE_FRAME = 0x88
const PING_FRAME = 0x89
const PONG_FRAME = 0x8a
const KEY = Buffer.from('liaison bench 16').toString('base64')

/**
 * Loopback addresses of their own, as the members of several agencies would have: the server counts handshakes and
 * sockets by address.
 */
const addressOf = (client: number): string =>
  `127.0.${1 + (Math.floor(client / 200) % 200)}.${1 + (client % 200)}`

const now = (): number => performance.now()

/**
 * A client that costs the load generator as little as possible, the same for every server: a plain socket, frames cut
 * by hand, nothing decoded that is not counted. A library's client would be measured instead of the server.
 */
export class LoadClient {
  /** One message of the server, without what this server puts before each: bytes [begin, end). */
  onMessage: (bytes: Buffer, begin: number, end: number) => void = () => undefined
  /** After all messages of one read. */
  onTurn: () => void = () => undefined
  /** When the server closed, on the clock of performance.now(), and with which code. */
  readonly closed: Promise<{ at: number; code: number }>
  private tellClosed: (how: { at: number; code: number }) => void = () => undefined

  private constructor(
    readonly socket: Socket,
    readonly prefix: Uint8Array,
  ) {
    this.closed = new Promise((resolve) => {
      this.tellClosed = resolve
    })
  }

  /** Connects and sends what this server wants to hear first. @param from which person, and from which address */
  static open(server: Server, path: string, from: number): Promise<LoadClient> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port: server.port, host: '127.0.0.1', localAddress: addressOf(from) })
      const client = new LoadClient(socket, server.prefixOf(path))
      let head = ''
      const fail = () => reject(new Error(`${server.name} did not accept ${path}: ${head.slice(0, 80)}`))
      const onHead = (chunk: Buffer): void => {
        head += chunk.toString('latin1')
        const end = head.indexOf('\r\n\r\n')
        if (end === -1) return
        socket.off('data', onHead)
        if (!head.startsWith('HTTP/1.1 101')) {
          fail()
          socket.destroy()
          return
        }
        socket.off('close', fail)
        // Nothing is read until whoever waits for this client has said what it wants to hear.
        socket.pause()
        const rest = Buffer.from(head.slice(end + 4), 'latin1')
        if (rest.length > 0) socket.unshift(rest)
        client.listen()
        for (const message of server.hello(path)) socket.write(binaryFrame(message))
        resolve(client)
        setImmediate(() => socket.resume())
      }
      socket.setNoDelay(true)
      socket.on('data', onHead)
      socket.once('error', reject)
      socket.once('close', fail)
      socket.write(headOf(server, path, from))
    })
  }

  private listen(): void {
    const reader = new FrameReader((opcode, bytes, begin, end) => {
      if (opcode === PING_FRAME) this.socket.write(clientFrame(PONG_FRAME))
      else if (opcode === CLOSE_FRAME) {
        this.tellClosed({ at: now(), code: end - begin >= 2 ? bytes.readUInt16BE(begin) : 1005 })
        this.socket.end(clientFrame(CLOSE_FRAME, bytes.subarray(begin, end)))
      } else this.onMessage(bytes, begin + this.prefix.length, end)
    })
    this.socket.on('data', (chunk: Buffer) => {
      reader.push(chunk)
      this.onTurn()
    })
    this.socket.on('error', () => undefined)
    this.socket.on('close', () => this.tellClosed({ at: now(), code: 1006 }))
  }

  send(message: Uint8Array): void {
    this.socket.write(binaryFrame(this.prefix, message))
  }

  /**
   * Says what it has and asks for the rest. A server closes or answers.
   * @param state the client's state vector @returns bytes of the answer
   */
  sync(state: Uint8Array = NO_STATE, least = 0): Promise<number> {
    return new Promise((resolve, reject) => {
      const tooLong = setTimeout(() => reject(new Error('no answer')), PATIENCE_MS)
      this.onMessage = (bytes, begin, end) => {
        if (bytes[begin] !== MESSAGE.sync || bytes[begin + 1] !== SYNC.step2 || end - begin < least) return
        this.onMessage = () => undefined
        clearTimeout(tooLong)
        resolve(end - begin)
      }
      void this.closed.then(({ code }) => {
        clearTimeout(tooLong)
        reject(new Error(`closed with ${code} before it was in sync`))
      })
      this.send(writeStep1(state))
      this.send(writeStep2(EMPTY_UPDATE))
    })
  }

  leave(): void {
    this.socket.destroy()
  }
}

const headOf = (server: Server, path: string, from: number): string =>
  [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${server.port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${KEY}`,
    ...Object.entries(server.headersOf(from)).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n')

const AT_ONCE = 40

/** @returns so many clients in sync, client i in room i modulo the number of rooms, as person `first` + i. */
export const joinRooms = async (
  server: Server,
  rooms: readonly string[],
  count: number,
  first = 0,
): Promise<LoadClient[]> => {
  const clients: LoadClient[] = []
  for (let from = 0; from < count; from += AT_ONCE) {
    const part = Array.from({ length: Math.min(AT_ONCE, count - from) }, async (_, i) => {
      const client = await LoadClient.open(server, rooms[(from + i) % rooms.length] ?? '', first + from + i)
      await client.sync()
      return client
    })
    clients.push(...(await Promise.all(part)))
  }
  return clients
}
