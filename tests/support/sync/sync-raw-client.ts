import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding'
import { WebSocket } from 'ws'
import type { Id } from '@/lib/ids'
import { COLLAB_PATH, MESSAGE, SYNC } from '@/lib/sync/protocol'

export interface RawClient {
  ws: WebSocket
  /** Every byte that the server sent in messages, in order. */
  received: Buffer[]
  closed: Promise<{ code: number; reason: string }>
  opened: Promise<void>
  /** The next message (also one that came before) that fits. */
  message(fits: (message: Buffer) => boolean): Promise<Buffer>
  send(bytes: Uint8Array): void
}

/** A socket that sends exactly the bytes that a test gives it. */
export const openRaw = (options: {
  port: number
  sectionId: Id
  headers?: Record<string, string>
  query?: string
}): RawClient => {
  const ws = new WebSocket(
    `ws://127.0.0.1:${options.port}${COLLAB_PATH}${options.sectionId}${options.query ?? ''}`,
    { headers: options.headers ?? {} },
  )
  const received: Buffer[] = []
  const waiting = new Set<() => void>()
  ws.on('error', () => undefined)
  ws.on('message', (data) => {
    received.push(data as Buffer)
    for (const look of [...waiting]) look()
  })
  return {
    ws,
    received,
    opened: new Promise((resolve) => ws.once('open', () => resolve())),
    closed: new Promise((resolve) =>
      ws.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    ),
    message: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          const found = received.find(fits)
          if (found === undefined) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
    send: (bytes) => ws.send(bytes),
  }
}

export const isSync =
  (kind: number) =>
  (message: Buffer): boolean =>
    message[0] === MESSAGE.sync && message[1] === kind
export const isStep2 = isSync(SYNC.step2)

/** The update that a step 2 or update message holds. */
export const updateIn = (message: Buffer): Uint8Array => {
  const decoder = createDecoder(message)
  readVarUint(decoder)
  readVarUint(decoder)
  return readVarUint8Array(decoder)
}

export const ackIn = (message: Buffer): number => {
  const decoder = createDecoder(message)
  readVarUint(decoder)
  return readVarUint(decoder)
}
