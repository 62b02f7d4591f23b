import type { IncomingMessage, ServerResponse } from 'node:http'
import { TRPCError } from '@trpc/server'
import { type NodeHTTPCreateContextFnOptions, nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http'
import superjson from 'superjson'
import { DomainError, TRPC_CODE_OF } from '@/lib/errors'
import type { ApiContext } from '@/server/api/context'
import { viewOfDomainError } from '@/server/api/error-view'
import { ADDRESS_RATE, createRateLimit, SESSION_RATE } from '@/server/api/rate-limit'
import { type CallRefusal, refuseCall } from '@/server/api/refuse-call'
import { appRouter } from '@/server/api/router'
import type { Source } from '@/server/identity/actor'
import { sourceOf } from '@/server/identity/http-source'
import type { Sessions } from '@/server/identity/sessions'
import { reportBug } from '@/server/operations/report-bug'
import type { Services } from '@/server/services'

const API_PREFIX = '/api/trpc/'
/** Bytes of a request's body, and calls in one request. */
const LARGEST_BODY = 1024 * 1024
const LARGEST_BATCH = 20

/** The API over HTTP. Answers everything under `/api/trpc`; never throws. */
export const handleTrpc = (
  services: Services,
  sessions: Sessions,
  rates = { session: SESSION_RATE, address: ADDRESS_RATE },
) => {
  const { env } = services
  const takeRate = createRateLimit(services)

  const contextOf = async (req: IncomingMessage, source: Source, calls: number): Promise<ApiContext> => {
    const actor = await sessions.actorOfCookies(req.headers.cookie, source)
    const wait =
      actor === null
        ? takeRate(`address:${source.address}`, rates.address, calls)
        : takeRate(`session:${actor.sessionId}`, rates.session, calls)
    if (wait > 0) {
      const cause = new DomainError('too_many', 'That was too much at once. Try again in a moment.', {
        retryAfter: wait,
      })
      throw new TRPCError({ code: TRPC_CODE_OF.too_many, cause })
    }
    return { services, sessions, source, actor }
  }

  const createContext = async ({
    req,
    res,
    info,
  }: NodeHTTPCreateContextFnOptions<IncomingMessage, ServerResponse>) => {
    try {
      return await contextOf(req, sourceOfCall(req, res, services), info.calls.length)
    } catch (error) {
      if (error instanceof TRPCError) throw error
      throw reportBug(services, null, 'api: finding out who asks', error)
    }
  }

  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    res.setHeader('cache-control', 'no-store')
    const refused = refuseCall(req, env)
    if (refused !== null) {
      services.meter.denied(`api_${refused.status}`)
      return answerRefusal(res, refused)
    }
    const { pathname } = new URL(req.url ?? '/', 'http://api.invalid')
    await nodeHTTPRequestHandler({
      req,
      res,
      path: pathname.slice(API_PREFIX.length),
      router: appRouter,
      createContext,
      maxBodySize: LARGEST_BODY,
      maxBatchSize: LARGEST_BATCH,
      /** A long query (the preview of a large boundary) may come as a POST. Never a mutation as a GET. */
      allowMethodOverride: true,
    })
  }
}

/** Behind our front the response carries the request's id already: the one in the request's log line. */
const sourceOfCall = (req: IncomingMessage, res: ServerResponse, { env }: Services): Source => {
  const source = sourceOf(req, env)
  const requestId = res.getHeader('x-request-id')
  return typeof requestId === 'string' ? { ...source, requestId } : source
}

const answerRefusal = (res: ServerResponse, { status, error }: CallRefusal): void => {
  const data = viewOfDomainError(error, status)
  const body = { error: superjson.serialize({ message: error.forPeople, code: -32600, data }) }
  // What the body holds is not read: the connection cannot go on.
  res.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(body))
}
