import type { Services } from '@/server/services'

interface Bucket {
  tokens: number
  at: number
}

/** Calls that may come at once, and how many come back per second. A page of many panels needs a few dozen. */
export const SESSION_RATE = { burst: 300, perSecond: 30 }
/** Nobody signed in: sign-in pages only. Many people may share one address. */
export const ADDRESS_RATE = { burst: 120, perSecond: 10 }

const CAPACITY = 10_000

/**
 * Token buckets by key, in this process. A forgotten bucket is a full one: the oldest go first when too many come.
 * @returns `take(key, rate, calls)`: 0 when there was room, else the seconds after which there will be.
 */
export const createRateLimit = ({ now }: Pick<Services, 'now'>) => {
  const buckets = new Map<string, Bucket>()
  return (key: string, rate: typeof SESSION_RATE, calls: number): number => {
    const at = now().getTime()
    const last = buckets.get(key) ?? { tokens: rate.burst, at }
    const refilled = (Math.max(0, at - last.at) / 1000) * rate.perSecond
    const tokens = Math.min(rate.burst, last.tokens + refilled) - calls
    buckets.delete(key)
    buckets.set(key, { tokens: Math.max(tokens, -rate.burst), at })
    const oldest = buckets.keys().next()
    if (buckets.size > CAPACITY && !oldest.done) buckets.delete(oldest.value)
    return tokens >= 0 ? 0 : Math.ceil(-tokens / rate.perSecond)
  }
}
