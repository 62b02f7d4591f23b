import { appRouter } from '@/server/api/router'
import { createCallerFactory } from '@/server/api/trpc'
import { sourceOfHeaders } from '@/server/identity/http-source'
import type { Sessions } from '@/server/identity/sessions'
import type { Services } from '@/server/services'

const callerOf = createCallerFactory(appRouter)

export type ApiCaller = ReturnType<typeof callerOf>

/**
 * The API for server components: the same procedures, checks and records as over HTTP, without the way there.
 * Give it the headers of the page's request; errors are TRPCErrors whose `cause` is the DomainError or Bug.
 */
export const createCaller =
  (services: Services, sessions: Sessions) =>
  async (headers: Headers): Promise<ApiCaller> => {
    const source = sourceOfHeaders(headers)
    const actor = await sessions.actorOfCookies(headers.get('cookie') ?? undefined, source)
    return callerOf({ services, sessions, source, actor })
  }
