import { type Algorithm, hash, verify } from '@node-rs/argon2'
import { DomainError } from '@/lib/errors'
import { normalisePassword, PASSWORD_MAX } from '@/lib/password-rule'
import type { Services } from '@/server/services'

/** OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, 2 passes, 1 lane. */
export const ARGON2 = {
  algorithm: 2 satisfies Algorithm.Argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
}

/** The hash of a random password that nobody kept: what an unknown account is checked against, with the same work. */
export const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$oQKfvAoGJ9vt30hbN95Kmg$CvvO2IU726Oa9J+nY93LkEzeF5bCOJCoFo+6ZTbjuQ0'

/** Bounds on work under way: a flood costs 2 × 19 MiB and two threads of the pool of four, never more. */
const AT_ONCE = 2
const MOST_WAITING = 64
const MOST_WAITING_PER_ADDRESS = 8

export interface PasswordWork {
  /**
   * Exactly one argon2 verification whatever is given: no hash (unknown account, no password yet) or too long a
   * password is checked against nobody's hash and is false.
   * @throws DomainError too_many when too much is waiting already
   */
  verify(passwordHash: string | null, typed: string, address: string): Promise<boolean>
  /** @returns a PHC string */
  hash(typed: string, address: string): Promise<string>
}

const createPasswordWork = (): PasswordWork => {
  let running = 0
  const waiting: (() => void)[] = []
  const perAddress = new Map<string, number>()

  const inTurn = async <T>(address: string, work: () => Promise<T>): Promise<T> => {
    const mine = perAddress.get(address) ?? 0
    if (waiting.length >= MOST_WAITING || mine >= MOST_WAITING_PER_ADDRESS)
      throw new DomainError('too_many', 'Too many people are signing in just now. Try again in 5 seconds.', {
        retryAfter: 5,
      })
    perAddress.set(address, mine + 1)
    // A turn is handed over, not freed and taken again: nobody slips in between.
    if (running < AT_ONCE) running++
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const left = (perAddress.get(address) ?? 1) - 1
      if (left === 0) perAddress.delete(address)
      else perAddress.set(address, left)
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }

  return {
    verify: (passwordHash, typed, address) =>
      inTurn(address, async () => {
        const password = normalisePassword(typed.slice(0, PASSWORD_MAX * 4))
        const possible = passwordHash !== null && [...password].length <= PASSWORD_MAX
        return (await verify(possible ? passwordHash : NOBODYS_HASH, password)) && possible
      }),
    hash: (typed, address) => inTurn(address, () => hash(normalisePassword(typed), ARGON2)),
  }
}

const works = new WeakMap<Services, PasswordWork>()

/** The bound holds for one running server: the work lives with its services. */
export const passwordWork = (services: Services): PasswordWork => {
  const known = works.get(services) ?? createPasswordWork()
  works.set(services, known)
  return known
}
