import type { Services } from '@/server/services'

const MOST_REMEMBERED = 10_000

/**
 * Attempts made during a wait, counted per pair of account and address, so that hammering cannot bury the record: the first
 * is an event of its own, the others are a count on the next event of that pair.
 */
export interface SlowedAttempts {
  /** @returns true for the first of a wait: record it. */
  note(pair: string): boolean
  /** @returns how many were not recorded one by one, and forgets them. */
  take(pair: string): number
}

const create = (services: Services): SlowedAttempts => {
  const counts = new Map<string, number>()
  return {
    note(pair) {
      const count = counts.get(pair) ?? 0
      counts.set(pair, count + 1)
      const [oldest] = counts
      if (counts.size > MOST_REMEMBERED && oldest !== undefined) {
        counts.delete(oldest[0])
        if (oldest[1] > 1)
          services.log.warn({ attempts: oldest[1] - 1 }, 'slowed sign-in attempts not counted on record')
      }
      return count === 0
    },
    take(pair) {
      const count = counts.get(pair) ?? 0
      counts.delete(pair)
      return Math.max(0, count - 1)
    },
  }
}

const all = new WeakMap<Services, SlowedAttempts>()

/** Of one running server: lives and dies with its services. */
export const slowedAttempts = (services: Services): SlowedAttempts => {
  const known = all.get(services) ?? create(services)
  all.set(services, known)
  return known
}
