import { ByteWriter } from '@/lib/sync/byte-writer'
import { LIMITS } from '@/lib/sync/limits'
import type { UpdateScan } from '@/lib/sync/scan-update'
import type { RoomMember } from '@/server/sync/rooms/room'

interface MissedRow {
  seq: number
  bytes: Uint8Array
  blocks: UpdateScan['blocks']
}

/** Where a receiver stopped being sent what is committed. */
export interface Lag {
  /** It has every row up to and with this one, or `since` speaks for what came between. */
  seq: number
  bytes: number
  /** Rows it missed that are only in the snapshot any more: by author, the clock at which it stopped. */
  since: Map<number, number> | null
}

/**
 * Receivers that do not keep up. They are sent nothing until their socket has emptied, and then what they missed as
 * one update: a slow reader costs the server a number, not a copy of everything that waits for it.
 */
export class Behind {
  private readonly lags = new Map<RoomMember, Lag>()

  /** @param seq the last row that it was sent */
  stop(member: RoomMember, seq: number, onDrained: () => void): void {
    this.lags.set(member, { seq, bytes: 0, since: null })
    member.outbox.whenDrained(onDrained)
  }

  forget(member: RoomMember): void {
    this.lags.delete(member)
  }

  /** The receiver is sent everything again. @returns from where on; null if it is not here any more */
  take(member: RoomMember): Lag | null {
    const lag = this.lags.get(member)
    this.lags.delete(member)
    return lag ?? null
  }

  /** More was committed. @returns who is too far behind to wait for */
  miss(bytes: number): RoomMember[] {
    const tooFar: RoomMember[] = []
    for (const [member, lag] of this.lags) {
      lag.bytes += bytes
      if (lag.bytes + member.outbox.behind > LIMITS.behindCloses) tooFar.push(member)
    }
    return tooFar
  }

  /** These rows leave the tail: what a receiver missed of them is from now on taken from the snapshot. */
  fold(rows: readonly MissedRow[]): void {
    for (const lag of this.lags.values()) {
      for (const { seq, blocks } of rows) {
        if (seq <= lag.seq) continue
        lag.since ??= new Map()
        for (const { client, from } of blocks) {
          lag.since.set(client, Math.min(from, lag.since.get(client) ?? from))
        }
        lag.seq = seq
      }
    }
  }
}

/** The state vector of somebody who holds everything but what came after `since`. */
export const stateVectorAt = (
  clocks: ReadonlyMap<number, number>,
  since: ReadonlyMap<number, number>,
): Uint8Array => {
  const writer = new ByteWriter(16 + clocks.size * 10)
  writer.varUint(clocks.size)
  for (const [client, clock] of clocks) {
    writer.varUint(client)
    writer.varUint(since.get(client) ?? clock)
  }
  return writer.take()
}
