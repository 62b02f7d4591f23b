import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import next from 'next'

export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Development only: hot reload's socket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): Promise<void>
}

/**
 * Next gets a second server that never listens: at its first page view it adds an upgrade listener to the server it
 * was given, and there it would end the editors' sockets.
 */
export const startPages = async (about: {
  production: boolean
  root: string
  host: string
  port: number
}): Promise<Pages> => {
  const quiet = createServer()
  const app = next({
    dev: !about.production,
    dir: about.root,
    hostname: about.host,
    port: about.port,
    httpServer: quiet,
  })
  const handle = app.getRequestHandler()
  await app.prepare()
  return {
    handle: (request, response) => handle(request, response),
    upgrade: (request, socket, head) => {
      if (about.production || !quiet.emit('upgrade', request, socket, head)) socket.destroy()
    },
    close: () => app.close(),
  }
}
