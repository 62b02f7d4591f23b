import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { writeStep2 } from '@/lib/sync/frame'
import { answerParent, documentOf } from '@/tests/bench/peers/report'

/**
 * The yardstick: forwards every binary frame undecoded to the room's other sockets. It sends the bytes that the room
 * began with on connecting, and does nothing else that a sync server must do.
 */
interface Room {
  sockets: Set<WebSocket>
  document: Uint8Array | null
}

const rooms = new Map<string, Room>()
const roomOf = (name: string): Room => {
  let room = rooms.get(name)
  if (room === undefined) {
    const bytes = documentOf(name)
    room = { sockets: new Set(), document: bytes === null ? null : writeStep2(bytes) }
    rooms.set(name, room)
  }
  return room
}

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
server.on('connection', (ws, req) => {
  const { sockets, document } = roomOf((req.url ?? '').slice(1))
  sockets.add(ws)
  if (document !== null) ws.send(document)
  ws.on('message', (data, binary) => {
    for (const other of sockets) if (other !== ws) other.send(data, { binary })
  })
  ws.on('close', () => sockets.delete(ws))
})
answerParent()
server.on('listening', () => process.send?.({ port: (server.address() as AddressInfo).port }))
