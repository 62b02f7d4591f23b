import type { Id } from '@/lib/ids'
import type { Services } from '@/server/services'

const REPORT_MS = 60_000
const CAPACITY = 1_000

/** One page that follows the record: which entries it was shown lately, and how many no event has counted yet. */
class Tail {
  private lately = new Map<Id, number>()
  private uncounted = 0
  private reported = 0

  /** @returns how many entries were shown that no event has counted yet */
  show(ids: readonly Id[], at: Date): number {
    for (const [id, shown] of this.lately) if (at.getTime() - shown > REPORT_MS) this.lately.delete(id)
    for (const id of ids) {
      if (!this.lately.has(id)) this.uncounted++
      this.lately.set(id, at.getTime())
    }
    return this.uncounted
  }

  /** The moment of the event that tells of what was shown: a new one if it is time for one. */
  reportAt(at: Date): number {
    const isDue = this.uncounted > 0 && at.getTime() - this.reported >= REPORT_MS
    return isDue || this.reported === 0 ? at.getTime() : this.reported
  }

  /** Call after the commit of the event. */
  wasReported(at: number): void {
    if (at === this.reported) return
    this.reported = at
    this.uncounted = 0
  }
}

const memories = new WeakMap<Services, Map<string, Tail>>()

/** Per process and forgetful: forgetting means one event more. */
export const tailOf = (services: Services, key: string): Tail => {
  const tails = memories.get(services) ?? new Map<string, Tail>()
  memories.set(services, tails)
  const tail = tails.get(key) ?? new Tail()
  tails.delete(key)
  tails.set(key, tail)
  const oldest = tails.keys().next()
  if (tails.size > CAPACITY && !oldest.done) tails.delete(oldest.value)
  return tail
}
