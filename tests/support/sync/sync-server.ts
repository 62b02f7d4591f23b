import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Actor } from '@/server/identity/actor'
import type { Sessions } from '@/server/identity/sessions'
import { createSyncServer, type SyncServer } from '@/server/sync/sync-server'
import { type TestServices, testServices } from '@/tests/support/services'
import { threeAgencies } from '@/tests/support/three-agencies'

export type SyncWorld = Awaited<ReturnType<typeof threeAgencies>>

export interface SyncBed {
  services: TestServices
  world: SyncWorld
  sync: SyncServer
  http: Server
  port: number
  /** The Cookie header that stands for a person here. */
  cookieOf(actor: Actor): string
  touched: string[]
  /** May be replaced by a test: what the server asks is looked up with every call. */
  sessions: { actorOfCookies: Sessions['actorOfCookies'] }
  close(): Promise<void>
}

/** Sessions by a plain cookie: what the sync server needs of them, without sign-in. */
const sessionsOf = (
  known: Map<string, Actor>,
  touched: string[],
): Pick<Sessions, 'actorOfCookies' | 'touch' | 'endRunOut'> => ({
  actorOfCookies: async (header) => known.get(header ?? '') ?? null,
  touch: async (sessionId) => {
    touched.push(sessionId)
    return null
  },
  endRunOut: async () => 0,
})

/** A sync server on a real socket and a real database, with the three agencies in it. */
export const openSyncBed = async ({
  world: given,
  ...overrides
}: NonNullable<Parameters<typeof testServices>[0]> & { world?: SyncWorld } = {}): Promise<SyncBed> => {
  const services = await testServices(overrides)
  const world = given ?? (await threeAgencies(services.db))
  const known = new Map<string, Actor>()
  const touched: string[] = []
  const sessions = sessionsOf(known, touched)
  const sync = createSyncServer(services, sessions)
  const http = createServer()
  http.on('upgrade', (req, socket, head) => sync.upgrade(req, socket, head))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return {
    services,
    world,
    sync,
    http,
    port: (http.address() as AddressInfo).port,
    touched,
    sessions,
    cookieOf(actor) {
      const cookie = `test=${actor.sessionId}`
      known.set(cookie, actor)
      return cookie
    },
    async close() {
      await sync.drain()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
      await services.close()
    },
  }
}
