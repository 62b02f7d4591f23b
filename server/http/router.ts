import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { COLLAB_PATH } from '@/lib/sync/protocol'
import { EXPORT_PATH } from '@/lib/views/record/record-export'
import type { Env } from '@/server/env'
import { answer } from '@/server/http/answer'
import { cleanRequest, isPlainTarget, pathOf } from '@/server/http/clean-request'
import { answerHealth, answerReadiness, type Readiness } from '@/server/http/health'
import { answerMetrics, type Metrics } from '@/server/http/metrics'
import type { Pages } from '@/server/http/next-pages'
import { refuseRequest } from '@/server/http/refuse-request'
import { securityHeaders } from '@/server/http/security-headers'
import { stampSource } from '@/server/identity/http-source'
import { WITNESS_PATH } from '@/server/witness/host/path'

type Handle = (request: IncomingMessage, response: ServerResponse) => unknown
type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

export interface Router {
  handle(request: IncomingMessage, response: ServerResponse): void
  upgrade: Upgrade
  /** From now on requests reach the parts; before, all but the health checks are told to come back. */
  open(parts: {
    pages: Pages
    api: Handle
    live: Handle
    witnesses: Handle
    exports: Handle
    collab: Upgrade
    readiness: Readiness
  }): void
}

const API_PATH = '/api/trpc'
const LIVE_PATH = '/api/live'

/** Everything that enters by HTTP: cleaned, named, limited and given its headers before any part sees it. */
export const createRouter = (env: Env, log: Logger, metrics: Metrics): Router => {
  let parts: Parameters<Router['open']>[0] | null = null

  const dispatch = async (
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<void> => {
    if (path === '/healthz') return answerHealth(response)
    if (path === '/metrics') return answerMetrics(request, response, metrics, env)
    if (parts === null)
      return answer(response, 503, 'Starting. Try again in a moment.', { 'retry-after': '1' })
    if (path === '/readyz') return answerReadiness(response, parts.readiness)
    const elsewhere = rightAddress(request, env)
    if (elsewhere !== null)
      return answer(response, 307, 'This site has another address.', { location: elsewhere })
    const refusal = refuseRequest(request, env)
    if (refusal !== null) {
      metrics.denied(`http_${refusal.status}`)
      return answer(response, refusal.status, refusal.forPeople, { connection: 'close' })
    }
    if (path === LIVE_PATH) return void (await parts.live(request, response))
    if (path.startsWith(WITNESS_PATH)) return void (await parts.witnesses(request, response))
    if (path.startsWith(EXPORT_PATH)) return void (await parts.exports(request, response))
    await (path === API_PATH || path.startsWith(`${API_PATH}/`)
      ? parts.api(request, response)
      : parts.pages.handle(request, response))
  }

  return {
    open(given) {
      parts = given
    },

    handle(request, response) {
      const started = performance.now()
      cleanRequest(request, env.trustedProxies)
      const { requestId } = stampSource(request, env)
      const nonce = randomBytes(16).toString('base64')
      const headers = securityHeaders(env, nonce)
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
      response.setHeader('x-request-id', requestId)
      // Next looks for the policy among the request's headers and gives its own scripts the nonce it finds.
      request.headers['content-security-policy'] = headers['content-security-policy']
      if (!isPlainTarget(request.url))
        return answer(response, 400, 'This address cannot be read.', { connection: 'close' })
      const path = pathOf(request.url)
      const { method = '' } = request
      response.once('close', () => {
        const ms = Math.round(performance.now() - started)
        metrics.answered(method, response.statusCode, ms)
        const level = response.statusCode >= 500 ? 'warn' : path.startsWith('/_next/') ? 'debug' : 'info'
        log[level](
          { requestId, method, path: path.slice(0, 200), status: response.statusCode, ms },
          'request',
        )
      })
      dispatch(request, response, path).catch((problem: unknown) => {
        log.error({ requestId, path, err: problem }, 'a request failed')
        if (response.headersSent) response.destroy()
        else answer(response, 500, `Something went wrong, id ${requestId}.`)
      })
    },

    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy())
      cleanRequest(request, env.trustedProxies)
      stampSource(request, env)
      if (!isPlainTarget(request.url)) return refuseUpgrade(socket, '400 Bad Request')
      if (parts === null) return refuseUpgrade(socket, '503 Service Unavailable')
      if (request.url.startsWith(COLLAB_PATH)) return parts.collab(request, socket, head)
      if (env.production) return refuseUpgrade(socket, '404 Not Found')
      parts.pages.upgrade(request, socket, head)
    },
  }
}

/**
 * On one's own machine people type 127.0.0.1 as well as localhost, but cookies and the Origin belong to one of them:
 * send page views there. In production a proxy owns the name, and may well not pass it on.
 */
const rightAddress = ({ headers, method, url = '/' }: IncomingMessage, env: Env): string | null => {
  if (env.production && !env.demonstration) return null
  if (method !== 'GET' || headers.host === undefined) return null
  return headers.host === new URL(env.publicUrl).host ? null : `${env.publicUrl}${url}`
}

const refuseUpgrade = (socket: Duplex, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}
