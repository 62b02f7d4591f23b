import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { MalformedNote } from '@/lib/audit/signed-note'
import { parseAddCheckpoint } from '@/lib/witness/add-checkpoint'
import { sayTo } from '@/server/witness/program/sign'
import { type StateFile, WitnessProblem } from '@/server/witness/program/state-file'

export interface Serve {
  file: StateFile
  listen: { host: string; port: number }
  stop: AbortSignal
  say(line: string): void
}

/** Bytes: the longest note and proof that are read. */
const MOST = 128 * 1024

/**
 * The HTTP server of c2sp.org/tlog-witness: `POST /add-checkpoint`. Its requests are not authenticated beyond the log's
 * signature, as the standard has it: whoever reaches it can ask, but only the log's own key moves it.
 * @throws WitnessProblem when the port is taken, or nothing may be signed any more
 */
export const serve = async ({ file, listen, stop, say }: Serve): Promise<void> => {
  let broken: WitnessProblem | null = null
  const server = createServer((request, response) => {
    answer(file, request, response).catch((problem: unknown) => {
      if (problem instanceof WitnessProblem) {
        broken = problem
        server.close()
      }
      say(`a request failed: ${problem instanceof Error ? problem.message : String(problem)}`)
      if (response.headersSent) response.destroy()
      else end(response, 500, 'This witness cannot sign.\n')
    })
  })
  server.requestTimeout = 20_000
  server.headersTimeout = 10_000
  server.listen(listen.port, listen.host)
  await Promise.race([
    once(server, 'listening'),
    once(server, 'error').then(([problem]) => {
      throw new WitnessProblem(`Cannot listen on ${listen.host}:${listen.port}: ${String(problem)}`)
    }),
  ])
  const address = server.address()
  say(`listens on ${listen.host}:${typeof address === 'object' ? address?.port : listen.port}`)
  const close = () => {
    server.close()
    server.closeIdleConnections()
  }
  stop.addEventListener('abort', close)
  if (stop.aborted) close()
  await once(server, 'close')
  if (broken !== null) throw broken
}

const answer = async (file: StateFile, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  if (request.url !== '/add-checkpoint')
    return end(response, 404, 'There is nothing here but /add-checkpoint.\n')
  if (request.method !== 'POST') return end(response, 405, 'POST is the only method here.\n')
  const body = await readBody(request)
  if (body === null) return end(response, 413, 'Too long.\n')
  let asked: ReturnType<typeof parseAddCheckpoint>
  try {
    asked = parseAddCheckpoint(body)
  } catch (problem) {
    if (problem instanceof MalformedNote) return end(response, 400, `${problem.message}\n`)
    throw problem
  }
  const [word] = sayTo(file, [asked], Date.now())
  if (word === undefined) throw new Error('no word to one question')
  if (word.line !== null) return end(response, 200, word.line)
  const { status, why, size } = word.verdict
  if (status === 409) return end(response, status, `${size}\n`, 'text/x.tlog.size')
  end(response, status, `${why}\n`)
}

/** @returns null when it is longer than anything that is read here */
const readBody = async (request: IncomingMessage): Promise<string | null> => {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > MOST) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

const end = (response: ServerResponse, status: number, text: string, type = 'text/plain'): void => {
  const body = Buffer.from(text)
  response.writeHead(status, {
    'content-type': type === 'text/plain' ? 'text/plain; charset=utf-8' : type,
    'content-length': body.byteLength,
    ...(status === 413 ? { connection: 'close' } : {}),
  })
  response.end(body)
}
