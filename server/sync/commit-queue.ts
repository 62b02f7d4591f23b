import { WireError } from '@/lib/sync/byte-reader'
import { alsoDeleting, deletesAlone } from '@/lib/sync/delete-set'
import { writeUpdate } from '@/lib/sync/frame'
import type { UpdateScan } from '@/lib/sync/scan-update'
import type { Services } from '@/server/services'
import type { Connection } from '@/server/sync/connection'
import { type ForeignRows, takeForeignRows } from '@/server/sync/order/foreign-rows'
import { bearsOn, judgeAgain, keepJudged, OthersFirst } from '@/server/sync/order/judge-again'
import { takeWritten, WriteUnchanged } from '@/server/sync/order/write-unchanged'
import { wireFrame } from '@/server/sync/outgoing/outbox'
import type { Room } from '@/server/sync/rooms/room'
import type { Rooms } from '@/server/sync/rooms/rooms'
import { BindingConflict } from '@/server/sync/update-log'
import {
  type Accepted,
  type Batch,
  byRoom,
  newClients,
  type Outcome,
  writeBatch,
} from '@/server/sync/write-batch'

const ATTEMPTS = 5
/**
 * While much is typed a commit begins at most so often: what it costs, and one write for each receiver, is then shared
 * by all that came meanwhile. Half of what one picture on a screen takes. Milliseconds.
 */
const PACE_MS = 8

/**
 * Recorded, then relayed. One transaction takes everything that arrived while the last one ran, for all rooms;
 * only when it is committed is anything sent on or acknowledged. When it fails, nothing is.
 */
export class CommitQueue {
  private waiting: Batch = new Map()
  private current: Batch = new Map()
  private running: Promise<void> | null = null
  /** When the last commit began. Milliseconds of performance.now(). */
  private begun = Number.NEGATIVE_INFINITY
  private commitOfCurrent: Promise<void> = Promise.resolve()
  private readonly unchanged: WriteUnchanged
  /** Rooms in which something waits that was judged before another node wrote to the same authors. */
  private readonly suspect = new Set<Room>()

  constructor(
    private readonly services: Services,
    private readonly rooms: Rooms,
  ) {
    this.unchanged = new WriteUnchanged(services)
  }

  add(room: Room, connection: Connection, { scan: own, foreign, takenBack }: Accepted): void {
    const scan = takenBack === null ? own : alsoDeleting(own, takenBack)
    let writers = this.waiting.get(room)
    if (writers === undefined) {
      writers = new Map()
      this.waiting.set(room, writers)
    }
    const known = writers.get(connection)
    if (known === undefined)
      writers.set(connection, {
        scans: [scan],
        foreign: new Set(foreign),
        takenBack: takenBack === null ? [] : [takenBack],
        acknowledges: connection.writes,
        since: performance.now(),
      })
    else {
      known.scans.push(scan)
      for (const client of foreign) known.foreign.add(client)
      if (takenBack !== null) known.takenBack.push(takenBack)
      known.acknowledges = connection.writes
    }
    connection.waits(scan.bytes.length)
    this.running ??= this.run()
  }

  /** The newest write frame brought nothing new: it is acknowledged together with what waits. */
  acknowledgeAfter(connection: Connection): void {
    for (const batch of [this.waiting, this.current]) {
      for (const writers of batch.values()) {
        const mine = writers.get(connection)
        if (mine === undefined) continue
        mine.acknowledges = connection.writes
        return
      }
    }
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.running !== null) await this.running
  }

  /** Whether something waits here for its commit. */
  holds(room: Room): boolean {
    return this.current.has(room) || this.waiting.has(room)
  }

  /** Resolves when no row of ours in this room is committed and not yet in it. */
  async settled(room: Room): Promise<void> {
    if (this.current.has(room)) await this.commitOfCurrent
  }

  /** What another node has committed, found out while nothing of ours was under way in the room. */
  takeForeign(room: Room, found: ForeignRows): void {
    takeForeignRows(room, found)
    if (bearsOn(found, this.scansIn(room))) this.suspect.add(room)
  }

  private async run(): Promise<void> {
    while (this.waiting.size > 0) {
      await this.pause()
      this.current = this.waiting
      this.waiting = new Map()
      this.commitOfCurrent = this.commit(this.current)
      await this.commitOfCurrent
      this.current = new Map()
    }
    this.running = null
  }

  /** When little happens, a commit begins at once; when much does, what comes meanwhile gathers for one commit. */
  private async pause(): Promise<void> {
    const rest = this.begun + PACE_MS - performance.now()
    // Lets what belongs to one turn of the event loop gather.
    await new Promise((resolve) => (rest <= 0 ? setImmediate(resolve) : setTimeout(resolve, rest)))
    this.begun = performance.now()
  }

  private async commit(batch: Batch): Promise<void> {
    for (let attempt = 1; batch.size > 0; attempt++) {
      const started = performance.now()
      for (const room of batch.keys()) if (this.suspect.has(room)) this.judge(room)
      // What comes into a room from here on has to be looked at in the transaction.
      const judgedUpTo = new Map([...batch.keys()].map((room) => [room, room.seq]))
      try {
        const unchanged = await this.unchanged.write(batch, judgedUpTo)
        if (unchanged !== null) {
          this.finish(takeWritten(batch, unchanged), unchanged, performance.now() - started)
          if (batch.size === 0) return
        }
        const outcome = await this.services.db.transaction((tx) =>
          writeBatch(tx, this.services, batch, judgedUpTo),
        )
        this.finish(batch, outcome, performance.now() - started)
        return
      } catch (error) {
        try {
          if (attempt === ATTEMPTS || !(await this.mend(batch, error))) throw error
        } catch (fatal) {
          this.services.log.error({ err: fatal, rooms: batch.size }, 'a commit of edits failed')
          for (const room of batch.keys()) this.forget(batch, room)
          return
        }
      }
    }
  }

  /** After COMMIT: only now is anything seen by anyone. */
  private finish(batch: Batch, outcome: Outcome, milliseconds: number): void {
    const { meter } = this.services
    const now = Date.now()
    for (const [connection, access] of outcome.access) {
      if (connection.opened !== null && !outcome.dropped.has(connection)) connection.opened.access = access
    }
    let frames = 0
    for (const { connection, burstId, frames: count } of outcome.rows) {
      frames += count
      connection.volume.frames_written += count
      connection.burst = { id: burstId, lastWrite: now }
    }
    if (outcome.rows.length > 0) meter.committed(milliseconds, frames, outcome.rows.length)
    const rowsOf = byRoom(outcome.rows)
    this.tellNodes(outcome.rows)
    for (const [room, writers] of batch) {
      const foreign = outcome.foreign.get(room)
      if (foreign !== undefined) takeForeignRows(room, foreign)
      const rows = rowsOf.get(room)
      if (rows !== undefined) {
        for (const { connection } of rows) {
          const scans = writers.get(connection)?.scans ?? []
          for (const client of newClients(room, connection, scans))
            room.bindings.set(client, connection.actor.personId)
        }
        room.commit(rows.map(({ seq, connection, bytes }) => ({ seq, author: connection, bytes })))
      }
      for (const [connection, mine] of writers) {
        if (outcome.dropped.has(connection)) continue
        // Its author is not sent its own rows.
        for (const deletes of mine.takenBack)
          connection.outbox.push(wireFrame(writeUpdate(deletesAlone(deletes))))
        connection.acknowledge(mine.acknowledges)
        meter.fannedOut(performance.now() - mine.since, room.receiverCount)
      }
    }
    for (const [connection, { code, refusal }] of outcome.dropped) {
      this.discard(connection)
      if (refusal !== null) connection.loseAccess(refusal)
      else connection.close(code)
    }
    for (const room of batch.keys()) this.settle(batch, room)
    if (outcome.dropped.size > 0) for (const room of batch.keys()) this.rebuild(room)
  }

  /** Where other nodes find something new: rows stand in the order of their numbers, so the last one says it. */
  private tellNodes(rows: Outcome['rows']): void {
    const { nodes } = this.services
    if (nodes.redis() !== 'up' || rows.length === 0) return
    const heads = new Map(rows.map(({ room, seq }) => [room.sectionId, seq]))
    nodes.tell({ kind: 'heads', heads: [...heads] })
  }

  /** @returns whether it is worth another try, now that what stood in the way is out of it. */
  private async mend(batch: Batch, error: unknown): Promise<boolean> {
    if (error instanceof OthersFirst) {
      for (const [room, found] of error.found) {
        takeForeignRows(room, found)
        this.judge(room)
      }
      return true
    }
    if (!(error instanceof BindingConflict)) return false
    for (const { sectionId, clientId, personId } of error.taken) {
      for (const [room, writers] of batch) {
        if (room.sectionId !== sectionId) continue
        for (const [connection, { scans }] of writers) {
          if (
            connection.actor.personId !== personId ||
            !newClients(room, connection, scans).includes(clientId)
          )
            continue
          this.discard(connection)
          connection.refuse(new WireError('W-12', "somebody else's clientID"))
        }
        this.rebuild(room)
      }
    }
    return true
  }

  /** What waits in the room, once more, against what the room holds now. */
  private judge(room: Room): void {
    this.suspect.delete(room)
    const waiting = new Map<Connection, UpdateScan[]>()
    const writers = [this.current, this.waiting].flatMap((batch) => [...(batch.get(room) ?? [])])
    for (const [connection, { scans }] of writers) {
      waiting.set(connection, [...(waiting.get(connection) ?? []), ...scans])
    }
    const { kept, refused } = judgeAgain(room, waiting)
    for (const [connection, mine] of writers) {
      const before = mine.scans
      keepJudged(mine, kept.get(connection) ?? [])
      connection.settle(before.length - mine.scans.length, bytesOf(before) - bytesOf(mine.scans))
    }
    for (const [connection, error] of refused) connection.refuse(error)
  }

  /** Accepted and not yet committed: perhaps it never will be. */
  scansIn(room: Room): UpdateScan[] {
    return [this.current, this.waiting].flatMap((batch) =>
      [...(batch.get(room)?.values() ?? [])].flatMap((mine) => mine.scans),
    )
  }

  /** Takes a connection's writes out, also those that came meanwhile. */
  private discard(connection: Connection): void {
    for (const batch of [this.current, this.waiting]) {
      for (const writers of batch.values()) {
        const mine = writers.get(connection)
        if (mine === undefined) continue
        writers.delete(connection)
        connection.settle(mine.scans.length, bytesOf(mine.scans))
      }
    }
  }

  private forget(batch: Batch, room: Room): void {
    this.rooms.fail(room)
    this.settle(batch, room)
    this.settle(this.waiting, room)
    this.waiting.delete(room)
  }

  private settle(batch: Batch, room: Room): void {
    for (const [connection, { scans }] of batch.get(room) ?? []) {
      connection.settle(scans.length, bytesOf(scans))
    }
  }

  private rebuild(room: Room): void {
    room.rebuildKnown(this.scansIn(room))
  }
}

const bytesOf = (scans: readonly UpdateScan[]): number =>
  scans.reduce((sum, scan) => sum + scan.bytes.length, 0)
