import type { Nodes } from '@/server/nodes/nodes'
import type { Door, Outbox } from '@/server/sync/outgoing/outbox'

/**
 * The last door before anything leaves for clients. Nothing goes through while this process may have missed that somebody
 * lost access: a node that was stopped and wakes has everything in memory, and knows nothing of what happened meanwhile. What
 * was said waits until the database has been asked; who has lost access by then is sent none of it.
 */
export class Deliveries implements Door {
  private ready: Outbox[] = []
  private readonly held = new Set<Outbox>()

  constructor(private readonly nodes: Pick<Nodes, 'inTouch' | 'onAnswer'>) {
    nodes.onAnswer(() => this.release())
  }

  /** Flushes it at the end of this turn of the event loop: one tick for all, however many receivers there are. */
  add(outbox: Outbox): void {
    if (this.ready.push(outbox) === 1) process.nextTick(flushAll, this)
  }

  /**
   * Asked before every single write, not once for all receivers: between any two of them the process may have been
   * stopped for minutes. One look at the clock, a hundredth of what the write costs.
   * @returns false: it is flushed again when this is known
   */
  mayLeave(outbox: Outbox): boolean {
    if (this.nodes.inTouch()) return true
    this.held.add(outbox)
    return false
  }

  flushReady(): void {
    const { ready } = this
    this.ready = []
    for (const outbox of ready) outbox.flush()
  }

  private release(): void {
    if (this.held.size === 0) return
    const held = [...this.held]
    this.held.clear()
    for (const outbox of held) outbox.flush()
  }
}

/** One function for all: a closure per turn is garbage. */
const flushAll = (deliveries: Deliveries): void => deliveries.flushReady()
