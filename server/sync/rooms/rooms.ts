import type { Id } from '@/lib/ids'
import { LIMITS } from '@/lib/sync/limits'
import { CLOSE } from '@/lib/sync/protocol'
import type { Services } from '@/server/services'
import { markDamage, markMended } from '@/server/sync/damage/marks'
import { Room } from '@/server/sync/rooms/room'
import type { Snapshots } from '@/server/sync/rooms/snapshots'
import { storeSnapshot } from '@/server/sync/update-log'
import { loadSection } from '@/server/text/load-section'

/** The sections that are in memory: loaded on first need, dropped when nobody has been there for a while. */
export class Rooms {
  private readonly rooms = new Map<Id, Room>()
  private readonly loading = new Map<Id, Promise<Room>>()
  /** Of all rooms, as last counted. */
  bytes = 0

  constructor(
    private readonly services: Pick<Services, 'db' | 'log' | 'recorder' | 'accessChanges'>,
    private readonly snapshots: Snapshots,
    /** Bytes that all rooms together may take before empty ones leave early. */
    private readonly budget: number = LIMITS.roomBytes,
  ) {}

  get size(): number {
    return this.rooms.size
  }

  /** Told of every section that comes into memory. */
  onLoaded: (room: Room) => void = () => undefined

  peek(sectionId: Id): Room | undefined {
    return this.rooms.get(sectionId)
  }

  /** Every section in memory. */
  all(): Iterable<Room> {
    return this.rooms.values()
  }

  /** Those with people in them. */
  *inUse(): Iterable<Room> {
    for (const room of this.rooms.values()) if (room.members.size > 0) yield room
  }

  async get(sectionId: Id): Promise<Room> {
    const room = this.rooms.get(sectionId)
    // A damaged one is read again by whoever comes: an operator may have put back what was missing.
    if (room !== undefined && room.damage === null) return room
    let loading = this.loading.get(sectionId)
    if (loading === undefined) {
      loading = this.load(sectionId).finally(() => this.loading.delete(sectionId))
      this.loading.set(sectionId, loading)
    }
    return loading
  }

  /** True while this is the room that people join: a room that failed is not. */
  isCurrent(room: Room): boolean {
    return this.rooms.get(room.sectionId) === room
  }

  /** After a commit that failed nobody knows what is stored: everybody out, and the next one loads it anew. */
  fail(room: Room): void {
    if (this.isCurrent(room)) this.rooms.delete(room.sectionId)
    for (const member of [...room.members]) member.close(CLOSE.tryLater)
    room.presence.stop()
  }

  /**
   * Rooms in which nobody is leave memory: after a while, and the longest empty first while all together are too
   * large. @param inUse whether something of a room still waits for its commit
   */
  dropIdle(now: number, inUse: (room: Room) => boolean): void {
    const empty: Room[] = []
    this.bytes = 0
    for (const room of this.rooms.values()) {
      this.bytes += room.bytes
      room.forgetAnswer()
      if (room.members.size === 0 && !inUse(room)) empty.push(room)
    }
    empty.sort((a, b) => a.emptySince - b.emptySince)
    for (const room of empty) {
      if (now - room.emptySince < LIMITS.roomIdleMs && this.bytes <= this.budget) return
      this.bytes -= room.bytes
      this.rooms.delete(room.sectionId)
      room.presence.stop()
    }
  }

  /** Reads damaged sections again for the people in them: when they are whole, they come back by themselves. */
  lookAtDamaged(): void {
    const { log } = this.services
    for (const { sectionId, damage, members } of this.rooms.values()) {
      if (damage === null || members.size === 0) continue
      this.get(sectionId).catch((error) =>
        log.error({ sectionId, err: error }, 'a damaged section was not read'),
      )
    }
  }

  private async load(sectionId: Id): Promise<Room> {
    const { db, log } = this.services
    const begun = performance.now()
    const stored = await loadSection(db, sectionId)
    const { damage } = stored
    if (damage !== null) await markDamage(this.services, sectionId, damage)
    else if (stored.marked) await markMended(this.services, sectionId)
    const before = this.rooms.get(sectionId)
    if (before !== undefined) {
      if (damage?.readOnly && damage.seq === before.damage?.seq) return before
      this.fail(before)
    }
    const room = new Room(sectionId, stored, {
      collect: (updates) => this.snapshots.collect(updates),
      // What is damaged stays as it was found: a snapshot of half of it would stand in for the whole.
      store: async (seq, bytes) => {
        if (!damage?.readOnly) await storeSnapshot(db, sectionId, seq, bytes)
      },
      onSnapshotFailed: (error) => log.error({ sectionId, err: error }, 'a snapshot was not made'),
    })
    room.asOf = begun
    this.rooms.set(sectionId, room)
    this.onLoaded(room)
    return room
  }
}
