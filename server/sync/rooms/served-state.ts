import * as Y from 'yjs'
import { EMPTY_UPDATE, writeStep2 } from '@/lib/sync/frame'
import { wireFrame } from '@/server/sync/outgoing/outbox'

const DIFFS_KEPT = 64
/** Bytes, with their keys: who asks chooses both. */
const DIFF_BYTES_KEPT = 1024 * 1024

/** A room's garbage-collected state as bytes, and what of it was asked for. */
export class ServedState {
  snapshot: Uint8Array | null = null
  /** The step 2 of somebody who has nothing: `snapshot` lies at its end, one memory for both. */
  private frame: Buffer | null = null
  private readonly diffs = new Map<string, Uint8Array>()
  private diffBytes = 0

  put(snapshot: Uint8Array): void {
    this.frame = wireFrame(writeStep2(snapshot))
    this.snapshot = this.frame.subarray(this.frame.length - snapshot.length)
    this.forgetDiffs()
  }

  get bytes(): number {
    return (this.frame?.length ?? 0) + this.diffBytes
  }

  /** The whole of it as a frame, where that is the answer: nothing is copied. */
  frameOf(state: Uint8Array): Buffer | null {
    return state === this.snapshot ? this.frame : null
  }

  /** What somebody lacks. @param key the state vector's bytes as text (latin1) */
  missingFrom(stateVector: ReadonlyMap<number, number>, key: string): Uint8Array {
    if (this.snapshot === null) return EMPTY_UPDATE
    if (stateVector.size === 0) return this.snapshot
    const held = this.diffs.get(key)
    if (held !== undefined) return held
    const diff = Y.diffUpdate(this.snapshot, Buffer.from(key, 'latin1'))
    const size = key.length + diff.length
    if (this.diffs.size >= DIFFS_KEPT || this.diffBytes + size > DIFF_BYTES_KEPT) this.forgetDiffs()
    if (size > DIFF_BYTES_KEPT) return diff
    this.diffs.set(key, diff)
    this.diffBytes += size
    return diff
  }

  private forgetDiffs(): void {
    this.diffs.clear()
    this.diffBytes = 0
  }
}
