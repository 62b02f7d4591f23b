import type { Logger } from 'pino'
import { WireError } from '@/lib/sync/byte-reader'
import { withoutOldDeletes } from '@/lib/sync/delete-set'
import { type ClientFrame, readFrame, writeReadOnly } from '@/lib/sync/frame'
import { LIMITS } from '@/lib/sync/limits'
import { readPresence } from '@/lib/sync/presence'
import { CLOSE, READ_ONLY } from '@/lib/sync/protocol'
import { scanUpdate, type UpdateScan } from '@/lib/sync/scan-update'
import { readStateVector } from '@/lib/sync/state-vector'
import type { Nodes } from '@/server/nodes/nodes'
import type { CommitQueue } from '@/server/sync/commit-queue'
import type { Connection, Opened } from '@/server/sync/connection'
import type { FollowHeads } from '@/server/sync/order/follow-heads'
import { SecondLook } from '@/server/sync/order/second-look'
import { wireFrame } from '@/server/sync/outgoing/outbox'
import type { Claims } from '@/server/sync/rooms/claims'
import { QUIET_FRAME } from '@/server/sync/rooms/room-presence'
import { checkAuthors, isReseeding } from '@/server/sync/rooms/whose-client'

/**
 * Every frame passes here before anything else sees it: limits, one message, bounded bytes, whose clientID, fits
 * onto what is there, may write. What passes waits for its commit; what does not ends the connection, on record.
 */
export class Gate {
  private readonly second: SecondLook

  constructor(
    private readonly commits: CommitQueue,
    private readonly claims: Claims,
    private readonly nodes: Nodes,
    private readonly follow: FollowHeads,
    private readonly log: Logger,
    private readonly onActivity: (connection: Connection) => void,
  ) {
    this.second = new SecondLook(
      follow,
      (connection, data, isBinary) => this.judge(connection, data, isBinary),
      (connection, error) => this.refuse(connection, error),
    )
  }

  receive(connection: Connection, data: Buffer, isBinary: boolean): void {
    if (connection.state !== 'live' || connection.opened === null) return
    connection.volume.frames_in++
    connection.volume.bytes_in += data.length
    this.second.judgeOnceOrTwice(connection, data, isBinary, this.nodes.several)
  }

  /** @throws WireError */
  private judge(connection: Connection, data: Buffer, isBinary: boolean): void {
    if (connection.opened === null) return
    if (!isBinary) throw new WireError('W-01', 'text frame')
    this.act(connection, connection.opened, readFrame(data))
  }

  private act(connection: Connection, opened: Opened, frame: ClientFrame): void {
    switch (frame.kind) {
      case 'step1':
        this.takeStep1(connection, frame.stateVector)
        return
      case 'write':
        this.takeWrite(connection, opened, frame.by, frame.update)
        return
      case 'presence': {
        this.claims.said(connection, opened.room, readPresence(frame.presence))
        return
      }
      case 'queryPresence':
        connection.outbox.push(opened.room.presence.frameFor(connection))
    }
  }

  /** Three bytes can ask for a whole document: at a bounded rate, and only the last question of those that wait. */
  private takeStep1(connection: Connection, stateVector: Uint8Array): void {
    const { step1 } = connection
    step1.waiting = stateVector
    this.answerStep1(connection)
  }

  /** Called with every question, and once a second for those that wait. */
  answerStep1(connection: Connection): void {
    const { step1, opened } = connection
    if (step1.waiting === null || opened === null || connection.state !== 'live' || step1.tokens < 1) return
    // From memory nothing is shown that could not be checked a second ago: it is asked for again every second.
    if (!this.nodes.inTouch()) return
    step1.tokens--
    const bytes = step1.waiting
    step1.waiting = null
    const stateVector = readStateVector(bytes)
    opened.room
      .answer(connection, stateVector, Buffer.from(bytes).toString('latin1'))
      .catch((error: unknown) => this.cannot(connection, error))
  }

  refillStep1(connection: Connection, seconds: number): void {
    const { step1 } = connection
    step1.tokens = Math.min(LIMITS.step1Burst, step1.tokens + seconds * LIMITS.step1PerSecond)
    this.answerStep1(connection)
  }

  private takeWrite(
    connection: Connection,
    opened: Opened,
    by: 'step2' | 'update',
    update: Uint8Array,
  ): void {
    connection.writes++
    const { room, access } = opened
    if (access.damaged || connection.isOtherSchema) {
      this.setAside(connection, opened, update)
      return
    }
    if (access.canWrite && by === 'update' && !connection.stepTwoSeen) return
    const scan = scanUpdate(update)
    if (by === 'step2') connection.stepTwoSeen = true
    const newStructs = room.known.hasNewStructs(scan)
    if (!access.canWrite) {
      if (newStructs) throw new WireError('W-13', 'a reader writes')
      if (room.known.hasNewDeletes(scan)) this.judgeReadersDeletes(connection, opened, scan)
      else this.nothingNew(connection)
      return
    }
    if (!newStructs && !room.known.hasNewDeletes(scan)) {
      this.nothingNew(connection)
      return
    }
    room.known.checkFits(scan)
    const reseeds = by === 'step2' && isReseeding(access, Date.now())
    const foreign = checkAuthors(room, connection, scan, reseeds)
    const isNew = ({ client, to }: (typeof scan.blocks)[number]) =>
      to > room.known.clockOf(client) && room.ownerOf(client) === undefined && !foreign.includes(client)
    const unowned = scan.blocks.filter(isNew)
    connection.countClients(unowned.length)
    for (const { client } of unowned) room.claims.set(client, connection.actor.personId)
    // Only its own deletions stand under an author's name: a step 2 repeats those of everybody.
    const own = withoutOldDeletes(scan, room.known, () => this.commits.scansIn(room))
    const takenBack = room.known.addNew(scan)
    this.onActivity(connection)
    this.commits.add(room, connection, { scan: own, foreign, takenBack })
  }

  /**
   * A page of another version may delete what it does not know: it reads, until it is loaded anew.
   * In a damaged section clients may well hold more than the server: nobody's fault, and perhaps the last copy. It is
   * not taken and not acknowledged, and nothing after it is: it stays unsaved where it was typed.
   */
  private setAside(connection: Connection, { room }: Opened, update: Uint8Array): void {
    const scan = scanUpdate(update)
    if (room.known.hasNewStructs(scan) || room.known.hasNewDeletes(scan)) return
    if (connection.acknowledged === connection.writes - 1) connection.acknowledge(connection.writes)
  }

  /** A write frame without news is as good as committed once everything before it is. */
  private nothingNew(connection: Connection): void {
    if (connection.waitingWrites === 0) connection.acknowledge(connection.writes)
    else this.commits.acknowledgeAfter(connection)
  }

  /**
   * A stock reader's step 2 repeats every deletion it knows, also those that Yjs made by itself and nobody ever sent.
   * The garbage-collected state holds them all: judge against that before calling it a write. Superfluous marks of
   * formats are passed over at once: nothing of it is stored or sent on, and the reader's text is the same.
   */
  private judgeReadersDeletes(connection: Connection, { room }: Opened, scan: UpdateScan): void {
    if (room.deletesOnlyMarks(scan)) {
      this.nothingNew(connection)
      return
    }
    this.follow
      .catchUp(room)
      .then(() => room.collect())
      .then(() => {
        if (room.known.hasNewDeletes(scan) && !room.deletesOnlyMarks(scan))
          throw new WireError('W-13', 'a reader deletes')
        this.nothingNew(connection)
      })
      .catch((error: unknown) => this.refuse(connection, error))
  }

  private refuse(connection: Connection, error: unknown): void {
    if (!(error instanceof WireError)) this.cannot(connection, error)
    else if (error.rule === 'W-13') connection.refuse(error, CLOSE.refused)
    else if (error.rule === 'W-02') connection.refuse(error, CLOSE.tooLarge)
    else connection.refuse(error)
  }

  private cannot(connection: Connection, error: unknown): void {
    this.log.error({ connection: connection.id, err: error }, 'a frame could not be judged')
    connection.close(CLOSE.tryLater)
  }

  /** What a connection hears first: what the server lacks, and who is here. */
  greet(connection: Connection, { room, access }: Opened): void {
    if (access.damaged) connection.outbox.push(wireFrame(writeReadOnly(READ_ONLY.damaged)))
    else if (connection.isOtherSchema) connection.outbox.push(wireFrame(writeReadOnly(READ_ONLY.schema)))
    connection.outbox.push(room.step1())
    const here = room.presence.frameFor(connection)
    if (here.length > QUIET_FRAME.length) connection.outbox.push(here)
  }
}
