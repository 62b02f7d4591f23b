import { EventEmitter, once } from 'node:events'
import { createServer as createHttps } from 'node:https'
import { type AddressInfo, createServer as createTcp, type Socket } from 'node:net'
import { createServer as createTls } from 'node:tls'

interface Told {
  metadata: { log_name: string; sequence: number; uid: string; event_code: string }
  raw_data: string
  src_endpoint?: { ip: string }
  unmapped: Record<string, unknown>
}

/** What a receiver has kept, message by message. */
class Kept extends EventEmitter {
  readonly events: Told[] = []
  readonly batches: Told[][] = []

  keep(batch: Told[]): void {
    this.batches.push(batch)
    this.events.push(...batch)
    this.emit('kept')
  }

  /** Resolves when so many different events are there. */
  async until(count: number): Promise<void> {
    while (new Set(this.events.map(({ metadata }) => metadata.uid)).size < count) await once(this, 'kept')
  }
}

export interface Receiver {
  port: number
  kept: Kept
  /** Resolves at the next message, or connection, that is met in another way than by keeping it. */
  next(): Promise<unknown>
  close(): Promise<void>
}

export type HttpsManner = 'keep' | 'fail' | 'stall' | 'too large' | 'keep, then break off' | 'redirect'

/** A collector behind HTTPS. @param manner how it meets each message, asked anew for each */
export const httpsReceiver = async (
  { cert, key }: { cert: string; key: string },
  manner: (events: Told[]) => HttpsManner,
): Promise<Receiver & { headers: Record<string, unknown>[] }> => {
  const kept = new Kept()
  const headers: Record<string, unknown>[] = []
  const server = createHttps({ cert, key }, async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const lines = request.headers['content-type'] === 'application/x-ndjson'
    const batch = (
      lines
        ? text
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line))
        : JSON.parse(text)
    ) as Told[]
    headers.push(request.headers)
    const how = manner(batch)
    if (how === 'keep' || how === 'keep, then break off') kept.keep(batch)
    if (how === 'keep') return void response.writeHead(202).end('{"ok":true}')
    if (how === 'fail') response.writeHead(503).end()
    if (how === 'too large') response.writeHead(413).end()
    if (how === 'redirect') response.writeHead(307, { location: 'https://127.0.0.1:1/' }).end()
    if (how === 'keep, then break off') request.socket.destroy()
    kept.emit('other', how)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    kept,
    headers,
    next: () => once(kept, 'other'),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export type SyslogManner = 'keep' | 'reset after one' | 'never close'

/** A syslog receiver that counts octets, over TCP, or TLS when there is a certificate. */
export const syslogReceiver = async (
  tls: { cert: string; key: string } | null,
  manner: () => SyslogManner,
): Promise<Receiver> => {
  const kept = new Kept()
  const sockets = new Set<Socket>()
  const meet = (socket: Socket) => {
    sockets.add(socket)
    const how = manner()
    let text = ''
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    if (how === 'never close') return void kept.emit('other', how)
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1')
      const { messages, rest } = framesOf(text)
      text = rest
      for (const message of messages) {
        kept.keep([JSON.parse(message.slice(message.indexOf('] {') + 2)) as Told])
        if (how !== 'reset after one') continue
        socket.resetAndDestroy()
        kept.emit('other', how)
        return
      }
    })
  }
  const server = tls ? createTls(tls, meet) : createTcp(meet)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    kept,
    next: () => once(kept, 'other'),
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

const framesOf = (text: string): { messages: string[]; rest: string } => {
  const messages: string[] = []
  let rest = text
  for (let count = /^(\d+) /.exec(rest); count !== null; count = /^(\d+) /.exec(rest)) {
    const [head, digits] = count
    const end = head.length + Number(digits)
    if (rest.length < end) break
    messages.push(rest.slice(head.length, end))
    rest = rest.slice(end)
  }
  return { messages, rest }
}
