import { hash } from '@node-rs/argon2'
import { and, eq } from 'drizzle-orm'
import { afterAll } from 'vitest'
import type { Json } from '@/lib/audit/event'
import { newId } from '@/lib/ids'
import type { Database } from '@/server/db/client'
import { auditInbox } from '@/server/db/schema/audit'
import { people } from '@/server/db/schema/identity'
import type { Actor, Source } from '@/server/identity/actor'
import { createSessions, type Sessions } from '@/server/identity/sessions'
import { bannerOf } from '@/server/identity/sign-in/banner'
import { type SignInInput, signIn } from '@/server/identity/sign-in/sign-in'
import type { AccessScope } from '@/server/policy/access-scope'
import type { Services } from '@/server/services'
import { openTestDatabase } from '@/tests/support/database'
import { testEnv, testServices } from '@/tests/support/services'
import { worldIn } from '@/tests/support/world'

export const PASSWORD = 'heron under the old bridge'
/** Cheap on purpose: these tests hash often, and what they test is not the cost. */
export const cheapHash = (password: string) => hash(password, { memoryCost: 1024, timeCost: 1 })

export const source = (address = '203.0.113.7'): Source => ({
  address,
  userAgent: 'test browser',
  requestId: newId(),
})

let shared: Promise<{ db: Database; world: ReturnType<typeof worldIn> }> | undefined
let opened = 0

const openShared = async () => {
  const db = await openTestDatabase()
  return { db, world: worldIn(db) }
}

afterAll(async () => {
  await (await shared)?.db.close()
})

/** A server's identity on this database, with a clock that the test moves. Its events are told apart by its node. */
const openServer = async (db: Database, env: Partial<Services['env']>, email: string) => {
  let clock = Date.now()
  const services = await testServices({ db, env: { ...testEnv, ...env }, now: () => new Date(clock) })
  const changes: AccessScope[] = []
  services.accessChanges.subscribe((scope) => {
    changes.push(scope)
  })
  const sessions = createSessions(services)
  opened++
  const address = `203.0.113.${opened}`
  const right = { email, password: PASSWORD, banner: bannerOf(services.env.banner).hash }
  return {
    services,
    sessions,
    changes,
    email,
    /** Where attempts come from if the test says nothing: no other test's. */
    address,
    /** Signs in as Ana with the right password, but for what is given. */
    attempt: (input: Partial<SignInInput> = {}, from = source(address), cookie?: string) =>
      signIn(services, sessions, from, { ...right, ...input }, cookie),
    /** Milliseconds. */
    pass: (ms: number) => {
      clock += ms
    },
    events: (type: string) => eventsOf(services, type),
  }
}

/** On an empty database of its own; the test closes it. */
export const openEmptyIdentity = async () => openServer(await openTestDatabase(), {}, 'nobody@county.example')

/**
 * An organisation of its own and one person, Ana, who has a password. The database is the test file's: what others
 * left there must not matter.
 */
export const openIdentity = async (env: Partial<Services['env']> = {}) => {
  shared ??= openShared()
  const { db, world } = await shared
  const email = `ana-${opened}@county.example`
  const server = await openServer(db, env, email)
  const orgId = await world.org()
  const personId = await world.person(orgId, { name: 'Ana Ruiz', email, administrator: true, operator: true })
  await givePassword(server.services, personId, PASSWORD)
  return { ...server, world, orgId, personId }
}

export type Server = Awaited<ReturnType<typeof openServer>>
export type Identity = Awaited<ReturnType<typeof openIdentity>>

export const givePassword = async (services: Services, personId: string, password: string) =>
  services.db.orm
    .update(people)
    .set({ passwordHash: await cheapHash(password) })
    .where(eq(people.id, personId))

export const cookieOf = (sessions: Sessions, token: string): string => `${sessions.cookieName}=${token}`

/** Signs in and says who that is. */
export const signedIn = async (
  { attempt, sessions }: Server,
  input: Partial<SignInInput> = {},
): Promise<Actor & { cookie: string }> => {
  const { token } = await attempt(input)
  const cookie = cookieOf(sessions, token)
  const actor = await sessions.actorOfCookies(cookie, source())
  if (actor === null) throw new Error('the new session is not live')
  return { ...actor, cookie }
}

interface RecordedEvent {
  outcome: string
  actorPersonId: string | null
  details: Record<string, Json>
  volume: Record<string, number>
  canonical: string
}

const eventsOf = async (services: Services, type: string): Promise<RecordedEvent[]> => {
  const rows = await services.db.orm
    .select()
    .from(auditInbox)
    .where(and(eq(auditInbox.type, type), eq(auditInbox.writer, services.node)))
    .orderBy(auditInbox.writerSeq)
  return rows.map(({ outcome, actorPersonId, canonical }) => {
    const { details = {}, volume = {} } = JSON.parse(canonical) as Partial<RecordedEvent>
    return { outcome, actorPersonId, details, volume, canonical }
  })
}
