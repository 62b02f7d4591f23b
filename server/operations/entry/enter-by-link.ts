import { DomainError } from '@/lib/errors'
import type { Source } from '@/server/identity/actor'
import { admit, forgive, throttleKeys, uncount } from '@/server/identity/sign-in/throttle'
import type { Services } from '@/server/services'

/**
 * Whoever holds a one-time link is nobody yet, so these operations run without an actor. Slows down who tries links that are not
 * valid, by address, and puts each refusal on record. A token has 256 bits: this keeps floods small, not guessing.
 */
export const enterByLink = async <T>(
  services: Services,
  source: Source,
  token: string,
  run: () => Promise<T>,
): Promise<T> => {
  const keys = throttleKeys('link', token, source.address)
  const wait = await admit(services, keys)
  if (wait > 0)
    throw new DomainError('too_many', `Too many links that are not valid. Try again in ${wait} seconds.`, {
      retryAfter: wait,
    })
  try {
    const out = await run()
    await services.db.transaction((tx) => forgive(tx, keys, services.now()))
    return out
  } catch (error) {
    const refused = error instanceof DomainError && error.code === 'denied'
    await services.db.transaction(async (tx) => {
      if (!refused) return uncount(tx, keys)
      services.recorder.append(tx, {
        type: 'link.refused',
        outcome: 'denied',
        actor: { personId: null, orgId: null, sessionId: null },
        object: {},
        correlation: source.requestId,
        clear: { address: source.address, userAgent: source.userAgent },
      })
    })
    throw error
  }
}
