import type { Services } from '@/server/services'
import type { CommitQueue } from '@/server/sync/commit-queue'
import { loadForeignRows } from '@/server/sync/order/foreign-rows'
import { DamagedRow, type Known, readNewHeads } from '@/server/sync/order/rows'
import type { Room } from '@/server/sync/rooms/room'
import type { Rooms } from '@/server/sync/rooms/rooms'

/** Rooms asked about in one query. */
const AT_ONCE = 5_000
/** Without Redis another node's rows are here after half of this, on average. Milliseconds. */
const HEADS_EVERY_MS = 400
/** While Redis carries, one poll in so many: for a message that was lost. */
const SLOWER = 8

interface Waiter {
  resolve(): void
  reject(error: unknown): void
}

/**
 * Keeps rooms up with what other nodes write. Redis says where there is something new; without it the database is asked
 * about all rooms together, several times a second. Either way the rows themselves come from the database, in order.
 */
export class FollowHeads {
  private wanted = new Map<Room, Waiter[]>()
  private isLoading = false
  private isPolling = false
  private rounds = 0
  private readonly timer: NodeJS.Timeout | null = null

  constructor(
    private readonly services: Services,
    private readonly rooms: Rooms,
    private readonly commits: CommitQueue,
  ) {
    const { nodes } = services
    if (!nodes.several) return
    nodes.onMessage((_from, message) => {
      if (message.kind !== 'heads') return
      for (const [sectionId, seq] of message.heads) this.onHead({ sectionId, seq })
    })
    nodes.onCarries(() => void this.poll())
    this.timer = setInterval(() => this.onTick(), HEADS_EVERY_MS)
    this.timer.unref()
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer)
  }

  /** Resolves when the room holds whatever was committed before this call. @throws if the database does not answer */
  catchUp(room: Room): Promise<void> {
    if (!this.services.nodes.several || room.damage !== null) return Promise.resolve()
    return new Promise((resolve, reject) => this.want(room, { resolve, reject }))
  }

  private onTick(): void {
    if (this.services.nodes.redis() === 'up' && ++this.rounds % SLOWER !== 0) return
    void this.poll()
  }

  private async poll(): Promise<void> {
    if (this.isPolling || this.services.nodes.isFrozen()) return
    this.isPolling = true
    try {
      const known = [...this.rooms.inUse()].filter((room) => room.damage === null)
      for (let from = 0; from < known.length; from += AT_ONCE) {
        const part = known.slice(from, from + AT_ONCE).map(({ sectionId, seq }) => ({ sectionId, seq }))
        for (const head of await readNewHeads(this.services.db, part)) this.onHead(head)
      }
    } catch (error) {
      this.services.log.warn({ err: error }, 'rooms could not ask for news of other nodes')
    } finally {
      this.isPolling = false
    }
  }

  private onHead({ sectionId, seq }: Known): void {
    const room = this.rooms.peek(sectionId)
    if (room !== undefined && room.damage === null && seq > room.seq && room.members.size > 0) this.want(room)
  }

  private want(room: Room, waiter?: Waiter): void {
    let waiters = this.wanted.get(room)
    if (waiters === undefined) {
      waiters = []
      this.wanted.set(room, waiters)
    }
    if (waiter !== undefined) waiters.push(waiter)
    if (!this.isLoading) void this.run()
  }

  private async run(): Promise<void> {
    this.isLoading = true
    // Lets what belongs to one turn of the event loop gather.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.wanted.size > 0) {
      const group = this.wanted
      this.wanted = new Map()
      try {
        await this.load([...group.keys()])
        for (const waiter of [...group.values()].flat()) waiter.resolve()
      } catch (error) {
        this.onFailure(error, group)
      }
    }
    this.isLoading = false
  }

  private async load(rooms: readonly Room[]): Promise<void> {
    // A commit under way brings along what others wrote before it.
    for (const room of rooms) await this.commits.settled(room)
    const begun = performance.now()
    const found = await loadForeignRows(
      this.services.db,
      new Map(rooms.map((room) => [room, { seq: room.seq }])),
    )
    for (const room of rooms) {
      // Our own rows are seen in the database a moment before their commit is finished here: they are not foreign.
      await this.commits.settled(room)
      const rows = found.get(room)
      if (rows !== undefined && this.rooms.isCurrent(room)) this.commits.takeForeign(room, rows)
      room.asOf = begun
    }
  }

  private onFailure(error: unknown, group: ReadonlyMap<Room, Waiter[]>): void {
    this.services.log.warn({ err: error, rooms: group.size }, 'rows of other nodes could not be read')
    for (const [room, waiters] of group) {
      // Loaded anew, it is found out how far it is whole.
      if (error instanceof DamagedRow && error.sectionId === room.sectionId) this.rooms.fail(room)
      for (const waiter of waiters) waiter.reject(error)
    }
  }
}
