import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { handleTrpc } from '@/server/api/handle-http'
import type { Database, Tx } from '@/server/db/client'
import type { Actor } from '@/server/identity/actor'
import { createSessions, type Sessions } from '@/server/identity/sessions'
import type { Services } from '@/server/services'
import type { Plan } from '@/tests/operations/plan'

export type Person = keyof Plan['people'] | 'stranger' | 'signedOut'

/** The real cookies of people beyond the plan's, by a name of the caller's. */
type Cookies = Record<string, string>

export const actorOf = (plan: Plan, who: Person): Actor | null => {
  if (who === 'signedOut') return null
  return who === 'stranger' ? plan.stranger : plan.people[who]
}

/** Signs the plan's people in by name: the cookie says who it is. Everything else is the real session store. */
export const sessionsByName = (plan: Plan, services: Services): Sessions => {
  const real = createSessions(services)
  return {
    ...real,
    actorOfCookies: async (cookie, source) =>
      cookie === undefined || cookie.startsWith('who=')
        ? actorOf(plan, (cookie?.slice(4) ?? 'signedOut') as Person)
        : real.actorOfCookies(cookie, source),
  }
}

/** The same services on a database that takes everything back: each call meets the world as it was. */
export const takingBack = (services: Services): Services => {
  const back = Symbol('taken back')
  const transaction = async <T>(run: (tx: Tx) => Promise<T>): Promise<T> => {
    let done: { value: T } | undefined
    try {
      await services.db.transaction(async (tx) => {
        done = { value: await run(tx) }
        throw back
      })
    } catch (error) {
      if (error !== back) throw error
    }
    if (done === undefined) throw new Error('a transaction ended without a value')
    return done.value
  }
  return { ...services, db: Object.assign(Object.create(services.db) as Database, { transaction }) }
}

const PLENTY = { burst: 1_000_000, perSecond: 1_000_000 }

/** The API on a real port of this machine. */
export const serve = async (
  plan: Plan,
  services: Services = plan.services,
  rates: Parameters<typeof handleTrpc>[2] = { session: PLENTY, address: PLENTY },
  cookies: Cookies = {},
) => {
  const server = createServer(handleTrpc(services, sessionsByName(plan, services), rates))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/api/trpc/`

  /** Calls a procedure as the person's browser would on one of our pages. */
  const call = async (who: string, path: string, type: 'query' | 'mutation', input?: unknown) => {
    const headers = {
      origin: services.env.publicUrl,
      'content-type': 'application/json',
      ...(who === 'signedOut' ? {} : { cookie: cookies[who] ?? `who=${who}` }),
    }
    const json = JSON.stringify({ json: input ?? null })
    const response =
      type === 'query'
        ? await fetch(`${url}${path}?input=${encodeURIComponent(json)}`, { headers })
        : await fetch(`${url}${path}`, { method: 'POST', headers, body: json })
    return { status: response.status, body: await response.text() }
  }
  const close = () => {
    server.closeAllConnections()
    return new Promise<void>((closed) => server.close(() => closed()))
  }
  return { url, call, close }
}
