import { and, eq, isNull } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Tx } from '@/server/db/client'
import { organisations, people, sessions } from '@/server/db/schema/identity'
import type { Actor } from '@/server/identity/actor'
import { passwordWork } from '@/server/identity/sign-in/password-work'
import { slowedAttempts } from '@/server/identity/sign-in/slowed-attempts'
import { admit, forgive, throttleKeys, uncount } from '@/server/identity/sign-in/throttle'
import type { Services } from '@/server/services'

/** The session whose cookie was sent is over, or somebody else's: it cannot be confirmed. */
const over = (): DomainError => new DomainError('signed_out', 'You are signed out. Sign in to go on.')

/**
 * The person proves again, with their password, that it is they who sit at this session. Guesses are slowed down by the very
 * counters of signing in, so that a screen left open is no better a place to guess at than the sign-in form. No operation
 * of the usual kind: the costly work happens outside any transaction.
 * @throws DomainError denied for a wrong password, too_many (with retryAfter), signed_out
 */
export const confirmSession = async (services: Services, actor: Actor, password: string): Promise<void> => {
  const [found] = await services.db.orm
    .select({ email: people.email, passwordHash: people.passwordHash })
    .from(people)
    .where(eq(people.id, actor.personId))
  if (found === undefined) throw over()
  const keys = throttleKeys('sign-in', found.email, actor.source.address)
  const slowed = slowedAttempts(services)
  const wait = await admit(services, keys)
  if (wait > 0) {
    if (slowed.note(keys.pair)) await recordRefusal(services, actor, 'slowed_down', 0)
    const seconds = wait === 1 ? '1 second' : `${wait} seconds`
    throw new DomainError('too_many', `Too many failed attempts. Try again in ${seconds}.`, {
      retryAfter: wait,
    })
  }
  const right = await passwordWork(services)
    .verify(found.passwordHash, password, actor.source.address)
    .catch(async (error: unknown) => {
      await services.db.transaction((tx) => uncount(tx, keys))
      throw error
    })
  if (!right) {
    await recordRefusal(services, actor, 'wrong_password', slowed.take(keys.pair))
    throw new DomainError('denied', 'This is not your password. Check it and try again.')
  }
  const done = await services.db.transaction(async (tx) => {
    if (!(await confirmed(tx, actor, found.passwordHash, services.now()))) return false
    await forgive(tx, keys, services.now())
    append(services, tx, actor, 'allowed', {}, slowed.take(keys.pair))
    return true
  })
  if (done) return
  await recordRefusal(services, actor, 'over', 0)
  throw over()
}

/**
 * Notes the moment, if the session is still live, the person still active and the password still the one that was checked.
 * Holds the person's row: a suspension or a new password comes first and is seen, or comes after and ends the session.
 */
const confirmed = async (
  tx: Tx,
  { personId, sessionId }: Actor,
  passwordHash: string | null,
  at: Date,
): Promise<boolean> => {
  const [row] = await tx.orm
    .select({ person: people.state, hash: people.passwordHash, org: organisations.state })
    .from(people)
    .innerJoin(organisations, eq(organisations.id, people.orgId))
    .where(eq(people.id, personId))
    .for('share')
  if (row?.person !== 'active' || row.org !== 'active' || row.hash !== passwordHash) return false
  const live = await tx.orm
    .update(sessions)
    .set({ confirmedAt: at })
    .where(and(eq(sessions.id, sessionId), eq(sessions.personId, personId), isNull(sessions.endedAt)))
    .returning({ id: sessions.id })
  return live.length === 1
}

const recordRefusal = (
  services: Services,
  actor: Actor,
  reason: 'slowed_down' | 'wrong_password' | 'over',
  slowed: number,
): Promise<void> =>
  services.db.transaction(async (tx) => {
    append(services, tx, actor, 'denied', { reason }, slowed)
  })

const append = (
  services: Services,
  tx: Tx,
  { personId, orgId, sessionId, source }: Actor,
  outcome: 'allowed' | 'denied',
  details: { reason?: string },
  slowed: number,
) =>
  services.recorder.append(tx, {
    type: 'session.confirmed',
    outcome,
    actor: { personId, orgId, sessionId },
    object: { targetId: sessionId },
    correlation: source.requestId,
    volume: { slowed },
    details,
    clear: { address: source.address, userAgent: source.userAgent },
  })
