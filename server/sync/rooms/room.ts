import * as Y from 'yjs'
import type { Id } from '@/lib/ids'
import { writeStep1, writeStep2, writeUpdate } from '@/lib/sync/frame'
import { LIMITS } from '@/lib/sync/limits'
import { CLOSE } from '@/lib/sync/protocol'
import { marksIn, scanStored, type UpdateScan } from '@/lib/sync/scan-update'
import { KnownState } from '@/lib/sync/state-vector'
import { wireFrame } from '@/server/sync/outgoing/outbox'
import { Behind, stateVectorAt } from '@/server/sync/rooms/behind'
import { oneUpdate } from '@/server/sync/rooms/one-update'
import { type PresenceMember, RoomPresence } from '@/server/sync/rooms/room-presence'
import { ServedState } from '@/server/sync/rooms/served-state'
import type { Damage, StoredSection } from '@/server/text/load-section'

export interface RoomMember extends PresenceMember {
  close(code: number): void
}

/** A committed update after the snapshot. `bytes` lies at the end of `frame`: one memory for both. */
interface TailRow {
  seq: number
  frame: Buffer
  bytes: Uint8Array
  blocks: UpdateScan['blocks']
  /** It deletes something, or hangs on something deleted: deleted text may lie in snapshot and tail. */
  deletes: boolean
}

export interface CommittedRow {
  seq: number
  author: RoomMember | null
  bytes: Uint8Array
}

interface RoomTools {
  /** Garbage-collects, in another thread. */
  collect(updates: Uint8Array[]): Promise<Uint8Array>
  store(seq: number, bytes: Uint8Array): Promise<void>
  onSnapshotFailed(error: unknown): void
}

const BASE_BYTES = 4 * 1024
const ROW_BYTES = 512

/**
 * One live section: snapshot bytes, the raw updates after it, and what they hold by scanning. No Y.Doc: a live
 * document costs fourteen times its bytes and microseconds per keystroke, and nothing here needs one.
 */
export class Room {
  readonly members = new Set<RoomMember>()
  /** Members who were sent the state: from then on they are sent what is committed. */
  private readonly receivers = new Set<RoomMember>()
  private readonly behind = new Behind()
  readonly presence = new RoomPresence(() => this.members)
  readonly bindings: Map<number, Id>
  /** clientIDs that somebody has shown presence under, and not written yet. */
  readonly claims = new Map<number, Id>()
  /** It ends before something in the store that is not what was written: to read only. */
  readonly damage: Damage | null
  /** What is committed and what is accepted and on its way. */
  known = new KnownState()
  /** Last committed row. */
  seq: number
  private readonly served = new ServedState()
  /** The last answer that was put together, and to which question: five hundred who come back ask the same. */
  private lastAnswer: { key: string; frame: Buffer } | null = null
  private tail: TailRow[] = []
  private tailBytes = 0
  private collecting: Promise<void> | null = null
  emptySince = Date.now()
  /** It holds whatever was committed before this moment, by any node: milliseconds of performance.now(). */
  asOf = Number.NEGATIVE_INFINITY

  constructor(
    readonly sectionId: Id,
    stored: StoredSection & { damage: Damage | null },
    private readonly tools: RoomTools,
  ) {
    this.bindings = stored.bindings
    this.damage = stored.damage?.readOnly ? stored.damage : null
    if (stored.snapshot !== null) this.served.put(stored.snapshot.bytes)
    this.seq = stored.snapshot?.seq ?? 0
    if (this.served.snapshot !== null) this.known.add(scanStored(this.served.snapshot))
    for (const row of stored.rows) this.append(row.seq, row.bytes, this.known)
  }

  /** Whom a clientID belongs to; undefined: to nobody yet. */
  ownerOf(client: number): Id | undefined {
    return this.bindings.get(client) ?? this.claims.get(client)
  }

  step1(): Buffer {
    return wireFrame(writeStep1(this.known.encode()))
  }

  /** Takes what accepted updates no longer stand for out of `known`, and puts in what still waits. */
  rebuildKnown(waiting: Iterable<UpdateScan>): void {
    const known = new KnownState()
    if (this.served.snapshot !== null) known.add(scanStored(this.served.snapshot))
    for (const row of this.tail) known.add(scanStored(row.bytes))
    for (const scan of waiting) known.addNew(scan)
    this.known = known
  }

  /** Sends a member what it lacks, and from then on everything that is committed. */
  async answer(member: RoomMember, stateVector: Map<number, number>, key: string): Promise<void> {
    // Twice is enough: the second one has begun after the question, and what is deleted later was there to be seen when it was asked.
    for (let round = 0; round < 2 && this.wouldShowDeleted(stateVector); round++) await this.collect()
    if (!this.members.has(member)) return
    member.outbox.push(this.answerTo(stateVector, key))
    this.behind.forget(member)
    this.receivers.add(member)
  }

  private answerTo(stateVector: Map<number, number>, key: string): Buffer {
    if (this.lastAnswer?.key === key) return this.lastAnswer.frame
    const state = this.served.missingFrom(stateVector, key)
    const parts = [state]
    for (const row of this.tail) {
      if (isMissing(row, stateVector)) parts.push(row.bytes)
      // Whoever says that it holds the structs is sent none: it may say so to be sent what was deleted.
      else if (row.deletes) parts.push(deletesOf(row))
    }
    const whole = parts.length === 1 ? this.served.frameOf(state) : null
    if (whole !== null) return whole
    const frame = wireFrame(writeStep2(oneUpdate(parts)))
    this.lastAnswer = { key, frame }
    return frame
  }

  /** Called now and then: what only helps a crowd is not kept for long. */
  forgetAnswer(): void {
    this.lastAnswer = null
  }

  /** About what it takes in memory. */
  get bytes(): number {
    // A row is its frame, its scan and what holds them.
    return BASE_BYTES + this.served.bytes + this.tailBytes + this.tail.length * ROW_BYTES
  }

  /**
   * Committed rows, those of one author together: into the tail and out to everybody but their author. One buffer
   * for all, one write per receiver.
   */
  commit(rows: readonly CommittedRow[]): void {
    const frames: Buffer[] = []
    const spans = new Map<RoomMember, [from: number, to: number]>()
    let size = 0
    const before = this.seq
    for (const { seq, author, bytes } of rows) {
      const { frame } = this.append(seq, bytes, this.known)
      frames.push(frame)
      if (author !== null) spans.set(author, [spans.get(author)?.[0] ?? size, size + frame.length])
      size += frame.length
    }
    const all = frames.length === 1 ? (frames[0] as Buffer) : Buffer.concat(frames, size)
    for (const member of this.behind.miss(size)) member.close(CLOSE.tryLater)
    for (const receiver of this.receivers) {
      if (receiver.outbox.behind > LIMITS.behindStops) {
        this.receivers.delete(receiver)
        this.behind.stop(receiver, before, () => this.catchUp(receiver))
        continue
      }
      const own = spans.get(receiver)
      if (own === undefined) receiver.outbox.push(all)
      else {
        if (own[0] > 0) receiver.outbox.push(all.subarray(0, own[0]))
        if (own[1] < size) receiver.outbox.push(all.subarray(own[1]))
      }
    }
    if (this.tail.length >= LIMITS.tailRows || this.tailBytes >= LIMITS.tailBytes) {
      this.collect().catch(() => undefined)
    }
  }

  /** Its socket is empty again: what it missed as one update, and everything from then on. */
  private catchUp(member: RoomMember): void {
    const lag = this.behind.take(member)
    if (lag === null) return
    const parts = this.tail.filter((row) => row.seq > lag.seq).map((row) => row.bytes)
    if (lag.since !== null && this.served.snapshot !== null)
      parts.unshift(Y.diffUpdate(this.served.snapshot, stateVectorAt(this.known.clocks, lag.since)))
    if (parts.length > 0) member.outbox.push(wireFrame(writeUpdate(oneUpdate(parts))))
    member.outbox.push(this.presence.frameFor(member))
    this.receivers.add(member)
  }

  /**
   * Whether all that an update deletes is deleted already, or switches a format on or off. Every copy of Yjs deletes such
   * marks by itself when they have become superfluous, also a reader's, and says so (yjs 13.6, types/YText.js).
   */
  deletesOnlyMarks(scan: UpdateScan): boolean {
    const states = this.tail.map((row) => row.bytes)
    if (this.served.snapshot !== null) states.push(this.served.snapshot)
    return this.known.deletesOnly(scan, states.map(marksOf))
  }

  get receiverCount(): number {
    return this.receivers.size
  }

  join(member: RoomMember): void {
    this.members.add(member)
  }

  leave(member: RoomMember): void {
    this.receivers.delete(member)
    this.behind.forget(member)
    if (!this.members.delete(member)) return
    this.presence.left(member)
    if (this.members.size === 0) this.emptySince = Date.now()
  }

  /**
   * Puts a garbage-collected state in place of snapshot and tail, so that what was deleted is in no byte that is
   * served from then on. Afterwards `known` holds every deletion, also those that nobody ever sent (an attribute
   * overwritten by two people at once). @throws if the document cannot be built.
   */
  collect(): Promise<void> {
    this.collecting ??= this.collectOnce().finally(() => {
      this.collecting = null
    })
    return this.collecting
  }

  private async collectOnce(): Promise<void> {
    const { seq, tools } = this
    try {
      const updates = this.tail.map((row) => row.bytes)
      if (this.served.snapshot !== null) updates.unshift(this.served.snapshot)
      if (updates.length === 0) return
      const bytes = await tools.collect(updates)
      this.known.add(scanStored(bytes))
      this.served.put(bytes)
      this.lastAnswer = null
      this.behind.fold(this.tail.filter((row) => row.seq <= seq))
      this.tail = this.tail.filter((row) => row.seq > seq)
      this.tailBytes = this.tail.reduce((sum, row) => sum + row.bytes.length, 0)
    } catch (error) {
      tools.onSnapshotFailed(error)
      throw error
    }
    if (this.served.snapshot !== null)
      await tools.store(seq, this.served.snapshot).catch(tools.onSnapshotFailed)
  }

  private append(seq: number, bytes: Uint8Array, known: KnownState): TailRow {
    const scan = scanStored(bytes)
    const frame = wireFrame(writeUpdate(bytes))
    const deletes = scan.deletes.length > 0 || known.hangsOnDeleted(scan)
    known.add(scan)
    const row = {
      seq,
      frame,
      bytes: frame.subarray(frame.length - bytes.length),
      blocks: scan.blocks,
      deletes,
    }
    this.tail.push(row)
    this.lastAnswer = null
    this.tailBytes += bytes.length
    this.seq = seq
    return row
  }

  private wouldShowDeleted(stateVector: Map<number, number>): boolean {
    if (!this.tail.some((row) => row.deletes)) return false
    for (const [client, clock] of this.known.clocks) {
      if (clock > (stateVector.get(client) ?? 0)) return true
    }
    return false
  }
}

const marks = new WeakMap<Uint8Array, ReturnType<typeof marksIn>>()

/** Read once for each snapshot and row that is in memory: a reader can ask as often as it likes. */
const marksOf = (bytes: Uint8Array): ReturnType<typeof marksIn> => {
  const found = marks.get(bytes) ?? marksIn(bytes)
  marks.set(bytes, found)
  return found
}

/** What a row deletes, without its structs. */
const deletesOf = ({ bytes, blocks }: TailRow): Uint8Array =>
  Buffer.concat([Uint8Array.of(0), bytes.subarray(blocks.at(-1)?.end ?? 1)])

const isMissing = (row: TailRow, stateVector: Map<number, number>): boolean =>
  row.blocks.some((block) => block.to > (stateVector.get(block.client) ?? 0))
