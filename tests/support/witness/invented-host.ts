import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { encodeVerifierKey } from '@/lib/audit/signed-note'
import { type RefusalReport, readRefusalReport } from '@/lib/witness/host-answers'
import { type SmallLog, smallLog } from '@/tests/support/witness/small-log'

/**
 * A host that shows a witness whatever a test wants it to, also what a real one would not. Its log is named by its own
 * address, as a real one's. `shows` is the log that it shows; `size` how much of it.
 */
export const inventedHost = async (witness: () => string) => {
  const heard = new EventEmitter()
  const cosignatures: { origin: string; size: number; line: string }[] = []
  const refusals: RefusalReport[] = []
  const rounds = { count: 0 }
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const name = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const host = {
    address: `http://${name}`,
    origin: `${name}/instance`,
    token: 'a token of 256 bits, or so',
    shows: smallLog(name, 0) as SmallLog,
    size: 0,
    /** What it sends instead of the body of add-checkpoint. */
    instead: null as string | null,
    /** Answers everything with this, when set. */
    fails: null as number | null,
    cosignatures,
    refusals,
    rounds,
    /** Resolves when there is a signature of this size, now or later. */
    signed: (size: number) => until(() => cosignatures.some((one) => one.size === size)),
    refused: (why: RefusalReport['why']) => until(() => refusals.some((one) => one.why === why)),
    /** Resolves when the witness has asked that many more times. */
    asked: (times: number) => {
      const from = rounds.count
      return until(() => rounds.count >= from + times)
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await once(heard, 'something')
  }
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '', host.address)
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const [status, text] = reply(request, url, Buffer.concat(parts).toString())
    response.writeHead(status).end(text)
    heard.emit('something')
  }
  const reply = (request: IncomingMessage, url: URL, body: string): [number, string] => {
    const what = url.pathname.slice('/api/witness/'.length)
    if (what === 'trees') rounds.count++
    if (host.fails !== null) return [host.fails, 'no']
    if (request.headers.authorization !== `Bearer ${host.token}`) return [401, 'no']
    const { origin, size, shows } = host
    if (what === 'trees') {
      const signed = cosignatures.at(-1)?.size ?? null
      const logKeys = [encodeVerifierKey(shows.key)]
      return [200, JSON.stringify({ witness: witness(), logKeys, trees: [{ origin, size, signed }] })]
    }
    if (what === 'add-checkpoint')
      return [200, host.instead ?? shows.body(Number(url.searchParams.get('old')), size)]
    if (what === 'cosignatures') {
      const named = {
        origin: url.searchParams.get('origin') ?? '',
        size: Number(url.searchParams.get('size')),
      }
      cosignatures.push({ ...named, line: body })
      return [204, '']
    }
    if (what === 'refusals') {
      const report = readRefusalReport(body)
      if (report === null) return [400, 'no']
      refusals.push(report)
      return [204, '']
    }
    return [404, 'no']
  }
  return host
}
