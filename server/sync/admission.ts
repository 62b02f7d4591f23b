import type { Id } from '@/lib/ids'
import { LIMITS } from '@/lib/sync/limits'

/** Counts per key; a key at zero takes no memory. */
class Counts {
  private readonly counts = new Map<string, number>()

  of(key: string): number {
    return this.counts.get(key) ?? 0
  }

  add(key: string): void {
    this.counts.set(key, this.of(key) + 1)
  }

  remove(key: string): void {
    const left = this.of(key) - 1
    if (left > 0) this.counts.set(key, left)
    else this.counts.delete(key)
  }
}

/**
 * How many sockets may be there, before and after it is known whose they are. Limits per address are wide: a whole
 * agency may sit behind one. Keyed on nothing that a client can choose.
 */
export class Admission {
  private pending = 0
  private readonly pendingOf = new Counts()
  private readonly socketsOfAddress = new Counts()
  private readonly socketsOfPerson = new Counts()
  private readonly opens = new Map<Id, { tokens: number; at: number }>()

  /** A handshake begins. @returns ends it, once; null if there are too many. */
  begin(address: string): (() => void) | null {
    if (this.pending >= LIMITS.pendingHandshakes) return null
    if (this.pendingOf.of(address) >= LIMITS.pendingPerAddress) return null
    if (this.socketsOfAddress.of(address) >= LIMITS.socketsPerAddress) return null
    this.pending++
    this.pendingOf.add(address)
    return once(() => {
      this.pending--
      this.pendingOf.remove(address)
    })
  }

  /** A person opens a section. @returns leaves, once; null if this person has or opens too many. */
  enter(personId: Id, address: string, now: number): (() => void) | null {
    if (this.socketsOfPerson.of(personId) >= LIMITS.socketsPerPerson || !this.mayOpen(personId, now))
      return null
    this.socketsOfPerson.add(personId)
    this.socketsOfAddress.add(address)
    return once(() => {
      this.socketsOfPerson.remove(personId)
      this.socketsOfAddress.remove(address)
    })
  }

  /** Bounds also how fast one person can fill the record with openings and denials. */
  private mayOpen(personId: Id, now: number): boolean {
    const bucket = this.opens.get(personId) ?? { tokens: LIMITS.opensBurst, at: now }
    // A clock that was put back must not lock people out until it has caught up.
    const elapsed = Math.max(0, now - bucket.at)
    const refilled = bucket.tokens + (elapsed / 1000) * LIMITS.opensPerSecond
    bucket.tokens = Math.min(LIMITS.opensBurst, refilled)
    bucket.at = now
    this.opens.set(personId, bucket)
    if (bucket.tokens < 1) return false
    bucket.tokens--
    return true
  }

  /** Forgets people whose allowance is full again. */
  sweep(now: number): void {
    const full = (LIMITS.opensBurst / LIMITS.opensPerSecond) * 1000
    for (const [personId, { at }] of this.opens) if (now - at > full) this.opens.delete(personId)
  }
}

const once = (run: () => void): (() => void) => {
  let done = false
  return () => {
    if (done) return
    done = true
    run()
  }
}
