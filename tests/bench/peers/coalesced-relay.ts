import type { AddressInfo, Socket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { writeStep2 } from '@/lib/sync/frame'
import { wireFrame } from '@/server/sync/outgoing/outbox'
import { answerParent, documentOf } from '@/tests/bench/peers/report'

/**
 * How fast forwarding can be at all here: each frame is encoded once, the frames that came to a room in one turn of
 * the event loop are laid end to end, and every receiver gets them in one write, without its own.
 */
class Room {
  readonly sockets = new Map<WebSocket, Socket>()
  readonly document: Buffer | null
  private news = new Map<WebSocket, Buffer[]>()

  constructor(name: string) {
    const bytes = documentOf(name)
    this.document = bytes === null ? null : wireFrame(writeStep2(bytes))
  }

  take(from: WebSocket, message: Buffer): void {
    if (this.news.size === 0) setImmediate(() => this.send())
    const mine = this.news.get(from)
    if (mine === undefined) this.news.set(from, [wireFrame(message)])
    else mine.push(wireFrame(message))
  }

  private send(): void {
    const spans = new Map<WebSocket, [from: number, to: number]>()
    const frames: Buffer[] = []
    let size = 0
    for (const [from, mine] of this.news) {
      const begin = size
      for (const frame of mine) {
        frames.push(frame)
        size += frame.length
      }
      spans.set(from, [begin, size])
    }
    this.news = new Map()
    const all = Buffer.concat(frames, size)
    for (const [ws, socket] of this.sockets) {
      const [from, to] = spans.get(ws) ?? [size, size]
      socket.cork()
      if (from > 0) socket.write(all.subarray(0, from))
      if (to < size) socket.write(all.subarray(to))
      socket.uncork()
    }
  }
}

const rooms = new Map<string, Room>()
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
server.on('connection', (ws, req) => {
  const name = (req.url ?? '').slice(1)
  const room = rooms.get(name) ?? new Room(name)
  rooms.set(name, room)
  room.sockets.set(ws, req.socket)
  if (room.document !== null) req.socket.write(room.document)
  ws.on('message', (data) => room.take(ws, data as Buffer))
  ws.on('close', () => room.sockets.delete(ws))
})
answerParent()
server.on('listening', () => process.send?.({ port: (server.address() as AddressInfo).port }))
