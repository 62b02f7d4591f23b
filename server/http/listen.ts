import { createServer, type Server } from 'node:http'
import { DomainError } from '@/lib/errors'
import type { Env } from '@/server/env'

/** Milliseconds, bytes, counts: what a slow or hostile client may take before anyone knows who it is. */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16 * 1024,
}
const MAX_HEADERS = 100
const MAX_REQUESTS_PER_SOCKET = 10_000

/** A server with its limits, not yet listening. Broken requests get an answer and the door. */
export const createFront = (): Server => {
  const server = createServer(LIMITS)
  server.maxHeadersCount = MAX_HEADERS
  server.maxRequestsPerSocket = MAX_REQUESTS_PER_SOCKET
  server.on('clientError', (problem: NodeJS.ErrnoException, socket) => {
    if (problem.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    const status = STATUS_OF[problem.code ?? ''] ?? '400 Bad Request'
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
  })
  return server
}

const STATUS_OF: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

/** @throws DomainError `unavailable` with one sentence: taken port, foreign address, no permission */
export const listen = (server: Server, { host, port }: Pick<Env, 'host' | 'port'>): Promise<void> =>
  new Promise((resolve, reject) => {
    const failed = (problem: NodeJS.ErrnoException): void => {
      const why = WHY[problem.code ?? '']
      reject(
        why === undefined ? problem : new DomainError('unavailable', why.replace('%', `${host}:${port}`)),
      )
    }
    server.once('error', failed)
    server.listen({ host, port }, () => {
      server.off('error', failed)
      resolve()
    })
  })

const WHY: Record<string, string> = {
  EADDRINUSE: 'Something else already listens on %. Stop it, or set PORT to a free port.',
  EACCES: 'This user may not listen on %. Set PORT to a port above 1023.',
  EADDRNOTAVAIL: 'The address of % is not one of this machine. Set HOST to 127.0.0.1 or 0.0.0.0.',
  ENOTFOUND: 'The host name of % is not known. Set HOST to 127.0.0.1 or 0.0.0.0.',
}
