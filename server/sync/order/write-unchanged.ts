import type { Services } from '@/server/services'
import type { Connection } from '@/server/sync/connection'
import { insertUnchanged } from '@/server/sync/order/rows'
import type { Room } from '@/server/sync/rooms/room'
import {
  type Batch,
  newClients,
  numberRows,
  type Outcome,
  type Row,
  rowsOf,
  storedOf,
  type Waiting,
} from '@/server/sync/write-batch'

/** A statement never takes as long: whoever's access ends by itself before that is asked about in a transaction. */
const LONGEST_MS = 120_000
/** A room that another node writes to is left to transactions for so long. */
const SHARED_MS = 1_000

interface Plan {
  rows: Row[]
  /** What the clocks of access showed when the writers' access was last asked about. */
  epochs: Map<string, number>
}

/**
 * The common batch: people go on typing, whose access, bursts and clientIDs are all known. One statement asks whether
 * that still holds, and writes the rows if so: a quarter of the round trips of a transaction. It decides nothing: where
 * anything has changed it writes nothing, and a transaction asks and decides.
 */
export class WriteUnchanged {
  /** Rooms that another node has written to, and until when they are left out. Milliseconds of performance.now(). */
  private readonly shared = new WeakMap<Room, number>()

  constructor(private readonly services: Services) {}

  /** @returns what was written, by room; null if there is nothing to show. What is left out is as it was. */
  async write(batch: Batch, judgedUpTo: ReadonlyMap<Room, number>): Promise<Outcome | null> {
    const plan = this.plan(batch)
    if (plan === null || plan.rows.length === 0) return null
    const stands = [...judgedUpTo].map(([room, seq]) => ({ sectionId: room.sectionId, seq }))
    const heads = await insertUnchanged(this.services.db, plan.rows.map(storedOf), plan.epochs, stands)
    for (const room of batch.keys())
      if (!heads.has(room.sectionId)) this.shared.set(room, performance.now() + SHARED_MS)
    const rows = plan.rows.filter(({ room }) => heads.has(room.sectionId))
    if (rows.length === 0) return null
    numberRows(rows, heads)
    return { rows, foreign: new Map(), access: new Map(), dropped: new Map() }
  }

  /** @returns null if something has to be asked, or put on record, first */
  private plan(batch: Batch): Plan | null {
    const plan: Plan = { rows: [], epochs: new Map() }
    const [now, clock] = [this.services.now().getTime(), performance.now()]
    for (const [room, writers] of batch) {
      if (room.seq === 0 || clock < (this.shared.get(room) ?? 0)) return null
      for (const [connection, waiting] of writers)
        if (!takeWriter(plan, room, connection, waiting, now)) return null
    }
    return plan
  }
}

const takeWriter = (
  { rows, epochs }: Plan,
  room: Room,
  connection: Connection,
  { scans, foreign, takenBack }: Waiting,
  now: number,
): boolean => {
  const { opened, burst } = connection
  if (opened === null || burst === null || foreign.size > 0 || takenBack.length > 0) return false
  const { canWrite, validUntil, clockKeys, epochs: held } = opened.access
  if (!canWrite || (validUntil !== null && now + LONGEST_MS >= validUntil)) return false
  if (newClients(room, connection, scans).length > 0) return false
  for (const [i, key] of clockKeys.entries()) {
    // A clock that was not there when it was asked is made with epoch 0.
    const epoch = Math.max(0, held[i] as number)
    if ((epochs.get(key) ?? epoch) !== epoch) return false
    epochs.set(key, epoch)
  }
  for (const { bytes, frames } of scans.length === 0 ? [] : rowsOf(scans))
    rows.push({ room, connection, seq: 0, burstId: burst.id, frames, bytes })
  return true
}

/** Takes the rooms that were written to out of a batch. @returns them */
export const takeWritten = (batch: Batch, { rows }: Outcome): Batch => {
  const taken: Batch = new Map()
  for (const { room } of rows) {
    const writers = batch.get(room)
    if (writers !== undefined) taken.set(room, writers)
    batch.delete(room)
  }
  return taken
}
