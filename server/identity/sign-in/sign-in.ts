import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { cleanEmail } from '@/lib/names'
import type { Tx } from '@/server/db/client'
import { organisations, people } from '@/server/db/schema/identity'
import type { Source } from '@/server/identity/actor'
import { endSessions } from '@/server/identity/end-sessions'
import { hashOfToken, tokenOfCookies } from '@/server/identity/session-token'
import type { Sessions } from '@/server/identity/sessions'
import { bannerOf } from '@/server/identity/sign-in/banner'
import { passwordWork } from '@/server/identity/sign-in/password-work'
import { slowedAttempts } from '@/server/identity/sign-in/slowed-attempts'
import { admit, forgive, throttleKeys, uncount } from '@/server/identity/sign-in/throttle'
import type { Services } from '@/server/services'

export interface SignInInput {
  email: string
  password: string
  /** Hash of the banner that was shown and accepted; '' if none was. */
  banner: string
}

export interface SignedIn {
  personId: Id
  sessionId: Id
  /** For the cookie, and for nothing else. */
  token: string
}

type RefusedBecause =
  | 'banner'
  | 'slowed_down'
  | 'unknown_account'
  | 'no_password_yet'
  | 'wrong_password'
  | 'suspended'

const BANNER_FIRST =
  'Read and accept the notice above the form first. If it is not there, load the page again.'
const NOT_THESE = 'This e-mail address and password do not go together. Check both and try again.'

/**
 * Signs in with e-mail and password. Everything that fails for want of the right password gives the same answer after
 * the same work. Every refusal is on record, a wait once for each time it begins to matter.
 * @param cookieHeader of the browser that signs in: a session that it still holds ends, its token is never reused
 * @throws DomainError invalid, denied, too_many (with retryAfter)
 */
export const signIn = async (
  services: Services,
  sessions: Sessions,
  source: Source,
  input: SignInInput,
  cookieHeader: string | undefined,
): Promise<SignedIn> => {
  const typed = input.email.trim().slice(0, 254)
  const email = cleanEmail(typed)
  // What is no address of ours is throttled under its own spelling and then fails like any unknown one.
  const keys = throttleKeys('sign-in', email ?? `?${typed}`, source.address)
  const slowed = slowedAttempts(services)
  const refuse = (because: RefusedBecause, personId: Id | null = null) =>
    recordRefusal(services, source, typed, because, personId, slowed.take(keys.pair))

  const wait = await admit(services, keys)
  if (wait > 0) {
    if (slowed.note(keys.pair)) await recordRefusal(services, source, typed, 'slowed_down', null, 0)
    const seconds = wait === 1 ? '1 second' : `${wait} seconds`
    throw new DomainError('too_many', `Too many failed attempts. Try again in ${seconds}.`, {
      retryAfter: wait,
    })
  }
  const banner = bannerOf(services.env.banner)
  if (input.banner !== banner.hash) {
    await refuse('banner')
    throw new DomainError('invalid', BANNER_FIRST)
  }
  const found = await findPerson(services, email ?? '')
  const right = await passwordWork(services)
    .verify(found?.passwordHash ?? null, input.password, source.address)
    .catch(async (error: unknown) => {
      await services.db.transaction((tx) => uncount(tx, keys))
      throw error
    })
  if (found === null || !right) {
    await refuse(reasonOf(found), found?.personId)
    throw new DomainError('denied', NOT_THESE)
  }
  const signedIn = await services.db.transaction(async (tx) => {
    if (!(await stillStands(tx, found))) return null
    await forgive(tx, keys, services.now())
    const old = tokenOfCookies(cookieHeader, sessions.cookieName)
    if (old !== null) await endSessions(services, tx, { tokenHash: hashOfToken(old) }, 'signed_out', null)
    const { personId, orgId } = found
    const { sessionId, token } = await sessions.start(tx, { personId, strength: 1, source })
    services.recorder.append(tx, {
      type: 'session.started',
      outcome: 'allowed',
      actor: { personId, orgId, sessionId },
      object: { targetId: sessionId },
      correlation: source.requestId,
      volume: { slowed: slowed.take(keys.pair) },
      details: { banner: banner.hash, strength: 1 },
      clear: { address: source.address, userAgent: source.userAgent },
    })
    return { personId, sessionId, token }
  })
  if (signedIn !== null) return signedIn
  await refuse('suspended', found.personId)
  throw new DomainError('denied', 'This account is suspended. Ask an administrator of your organisation.')
}

const reasonOf = (found: FoundPerson | null): RefusedBecause => {
  if (found === null) return 'unknown_account'
  return found.passwordHash === null ? 'no_password_yet' : 'wrong_password'
}

interface FoundPerson {
  personId: Id
  orgId: Id
  passwordHash: string | null
}

const findPerson = async (services: Services, email: string): Promise<FoundPerson | null> => {
  const [row] = await services.db.orm
    .select({ personId: people.id, orgId: people.orgId, passwordHash: people.passwordHash })
    .from(people)
    .where(eq(people.email, email))
  return row ?? null
}

/**
 * Active, and the password that was checked is still the one. Holds the person's row until the commit: a suspension or a new
 * password either comes first and is seen here, or comes after and ends this session.
 */
const stillStands = async (tx: Tx, { personId, passwordHash }: FoundPerson): Promise<boolean> => {
  const [row] = await tx.orm
    .select({ person: people.state, hash: people.passwordHash, org: organisations.state })
    .from(people)
    .innerJoin(organisations, eq(organisations.id, people.orgId))
    .where(eq(people.id, personId))
    .for('share')
  return row?.person === 'active' && row.org === 'active' && row.hash === passwordHash
}

const personOfEmail = async (tx: Tx, typed: string): Promise<Id | null> => {
  const email = cleanEmail(typed)
  if (email === null) return null
  const [row] = await tx.orm.select({ id: people.id }).from(people).where(eq(people.email, email))
  return row?.id ?? null
}

const recordRefusal = (
  services: Services,
  source: Source,
  email: string,
  because: RefusedBecause,
  personId: Id | null,
  slowed: number,
): Promise<void> =>
  services.db.transaction(async (tx) => {
    // Also where nobody was looked up yet: what was typed is then sealed under the key of whom it names.
    const about = personId ?? (await personOfEmail(tx, email))
    services.recorder.append(tx, {
      type: 'session.refused',
      outcome: 'denied',
      actor: { personId: null, orgId: null, sessionId: null },
      object: about === null ? {} : { targetId: about },
      correlation: source.requestId,
      volume: { slowed },
      details: { reason: because },
      clear: { email, address: source.address, userAgent: source.userAgent },
    })
  })
