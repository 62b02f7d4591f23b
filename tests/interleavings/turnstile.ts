import type { Database } from '@/server/db/client'
import { type Random, whole } from '@/tests/support/seeded'

/** Turns of the event loop in which nobody new came: then everybody has arrived who is going to, for now. */
const QUIET_TURNS = 4

/**
 * Lets one call of the database through at a time, in an order that a seed gives: whoever has asked first need not be
 * first. The embedded database does one transaction after the other, so these are the orders in which commits can
 * happen. While it is open, calls pass as they come.
 */
export class Turnstile {
  private waiting: (() => Promise<void>)[] = []
  private arrivals = 0
  private isShut = false

  /** The same database, behind the turnstile. */
  guard(db: Database): Database {
    const through = <T>(run: () => Promise<T>): Promise<T> => this.pass(run)
    return Object.assign(Object.create(db) as Database, {
      query: (...args: Parameters<Database['query']>) => through(() => db.query(...args)),
      write: (...args: Parameters<Database['write']>) => through(() => db.write(...args)),
      transaction: <T>(run: Parameters<typeof db.transaction<T>>[0]) => through(() => db.transaction(run)),
    })
  }

  /** Something that is to happen at a moment of the seed's choosing: also a frame that is sent, or a person who clicks. */
  pass<T>(run: () => Promise<T>): Promise<T> {
    if (!this.isShut) return run()
    this.arrivals++
    return new Promise<T>((resolve, reject) => {
      this.waiting.push(() => run().then(resolve, reject))
    })
  }

  shut(): void {
    this.isShut = true
  }

  /** Lets through whoever waits, one at a time, until `done`; then it is open again. @returns how many went through */
  async drive(random: Random, done: Promise<unknown>): Promise<number> {
    let isDone = false
    const finish = () => {
      isDone = true
    }
    done.then(finish, finish)
    let steps = 0
    for (;;) {
      await this.quiet()
      const [next] = this.waiting.splice(whole(random, this.waiting.length), 1)
      if (next !== undefined) {
        steps++
        await next()
      } else if (isDone) break
    }
    this.isShut = false
    return steps
  }

  private async quiet(): Promise<void> {
    for (let turns = 0, seen = this.arrivals; turns < QUIET_TURNS; turns++) {
      await new Promise((resolve) => setImmediate(resolve))
      if (this.arrivals === seen) continue
      seen = this.arrivals
      turns = 0
    }
  }
}
