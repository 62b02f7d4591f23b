import type { Logger } from 'pino'
import type { Database, Tx } from '@/server/db/client'

type Entry = (tx: Tx) => Promise<void> | void

const AT_ONCE = 100
/** Beyond this the database has been away for long: what follows is only logged. */
const MOST = 20_000
const RETRY_MS = 500

/**
 * Ends of things: a closed section, a refused frame, lost access, the end of a burst. They show nobody anything, so
 * they need not come before an effect; but they must come. Written in order, many in one transaction, and tried
 * again until they are.
 */
export class RecordLater {
  private queue: Entry[] = []
  private running: Promise<void> | null = null
  private stopping = false

  constructor(
    private readonly db: Database,
    private readonly log: Logger,
  ) {}

  add(entry: Entry): void {
    if (this.queue.length >= MOST) {
      this.log.error('an event could not be kept for the record: too many wait')
      return
    }
    this.queue.push(entry)
    this.running ??= this.run().finally(() => {
      this.running = null
    })
  }

  /** Waits until everything so far is on record, or until one more try has failed. */
  async flush(): Promise<void> {
    this.stopping = true
    await this.running
    if (this.queue.length > 0)
      this.log.error({ left: this.queue.length }, 'events could not be put on record')
  }

  private async run(): Promise<void> {
    // Lets what belongs to one turn gather.
    await new Promise((resolve) => setImmediate(resolve))
    let atOnce = AT_ONCE
    while (this.queue.length > 0) {
      const part = this.queue.slice(0, atOnce)
      try {
        await this.db.transaction(async (tx) => {
          for (const entry of part) await entry(tx)
        })
        this.queue.splice(0, part.length)
        atOnce = AT_ONCE
      } catch (error) {
        this.log.error({ err: error }, 'events wait for the record')
        if (this.stopping) return
        // One that cannot be written must not stand in the way of the others: one at a time, and to the end of the line.
        if (atOnce === 1) this.queue.push(...this.queue.splice(0, 1))
        atOnce = 1
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref())
      }
    }
  }
}
