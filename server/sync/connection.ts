import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { EventActor, EventDraft } from '@/lib/audit/event'
import { CLOSE_CODE_OF } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import { WireError } from '@/lib/sync/byte-reader'
import { writeAck } from '@/lib/sync/frame'
import { LIMITS } from '@/lib/sync/limits'
import type { Speaker } from '@/lib/sync/presence'
import { CLOSE, type CloseCode } from '@/lib/sync/protocol'
import type { Actor } from '@/server/identity/actor'
import type { Refusal } from '@/server/policy/authorize'
import type { Access } from '@/server/sync/access'
import type { Deliveries } from '@/server/sync/outgoing/deliveries'
import { Outbox, wireFrame } from '@/server/sync/outgoing/outbox'
import type { Room, RoomMember } from '@/server/sync/rooms/room'

export interface ConnectionTools {
  deliveries: Deliveries
  recordLater(draft: EventDraft): void
  /** The socket is closed and nothing of it waits for a commit any more. */
  onSettled(connection: Connection): void
  /** The socket is closed. */
  onClosed(connection: Connection): void
}

/** What is there only once the opening is on record. */
export interface Opened {
  access: Access
  room: Room
}

/**
 * One socket in one section. opening → live → closing; frames are read only while live, so what a client sends
 * before that waits in the kernel and costs no memory here.
 */
export class Connection implements RoomMember {
  readonly id: Id = newId()
  readonly outbox: Outbox
  readonly speaker: Speaker
  state: 'opening' | 'live' | 'closing' = 'opening'
  opened: Opened | null = null
  /** Updates before the first step 2 are dropped: the step 2 holds them. */
  stepTwoSeen = false
  /** Write frames so far; the n-th is acknowledged when it and all before it are committed. */
  writes = 0
  acknowledged = 0
  waitingWrites = 0
  waitingBytes = 0
  burst: { id: Id; lastWrite: number } | null = null
  missedPongs = 0
  lastTouch = 0
  /** Milliseconds since the epoch of the next ordinary look at its access. */
  lookAgainAt = Number.POSITIVE_INFINITY
  readonly step1 = { tokens: LIMITS.step1Burst as number, waiting: null as Uint8Array | null }
  readonly volume = { frames_in: 0, bytes_in: 0, frames_written: 0 }
  private readonly openedAt = Date.now()
  private closed = false
  /** clientIDs that became this person's by this connection. */
  private clients = 0

  constructor(
    readonly ws: WebSocket,
    socket: Duplex,
    readonly actor: Actor,
    readonly sectionId: Id,
    private readonly wantsAck: boolean,
    /** Its page is of another version: it is shown the text, and what it writes is set aside. */
    readonly isOtherSchema: boolean,
    private readonly tools: ConnectionTools,
  ) {
    const { personId, name, orgShortCode, orgColour } = actor
    this.speaker = { personId, name, orgShortCode, orgColour }
    this.outbox = new Outbox(socket, tools.deliveries, () => this.close(CLOSE.tryLater))
    ws.pause()
    ws.on('pong', () => {
      this.missedPongs = 0
    })
    // ws closes by itself with the right code (1009, 1002 …); without a listener the process would end.
    ws.on('error', () => undefined)
    ws.on('close', () => this.onClose())
  }

  get eventActor(): EventActor {
    const { personId, orgId, sessionId } = this.actor
    return { personId, orgId, sessionId }
  }

  goLive(opened: Opened, onMessage: (data: Buffer, isBinary: boolean) => void): void {
    this.opened = opened
    this.state = 'live'
    opened.room.join(this)
    this.ws.on('message', (data, isBinary) => onMessage(data as Buffer, isBinary))
    this.ws.resume()
  }

  /** No content leaves after this call, and nothing more is read. */
  close(code: CloseCode, reason = ''): void {
    if (this.state === 'closing') return
    this.state = 'closing'
    this.opened?.room.leave(this)
    this.outbox.flush()
    this.outbox.discard()
    // The peer's answer must be read for the closing handshake; ws ends the socket if it does not come.
    this.ws.resume()
    this.ws.close(code, reason)
  }

  /**
   * As `close`, for whoever may not read any more, or cannot be asked about: what was said in this turn is not sent either,
   * and a receiver that has not taken what was written to it before is cut off from that, without a code.
   */
  shut(code: CloseCode, reason = ''): void {
    this.outbox.discard()
    const isBehind = this.outbox.behind > 0
    this.close(code, reason)
    if (isBehind) this.terminate()
  }

  terminate(): void {
    this.ws.terminate()
  }

  /** A frame that the gate refused: on record with its rule, and the end of this connection. */
  refuse(error: WireError, code: CloseCode = CLOSE.invalidFrame): void {
    if (this.state === 'closing') return
    this.tools.recordLater({
      type: 'section.frame_refused',
      outcome: 'denied',
      actor: this.eventActor,
      object: this.object,
      details: { rule: error.rule },
      correlation: this.id,
    })
    this.close(code, error.rule)
  }

  /** Policy says no, now. The rule goes with it: whoever was inside a moment ago may know why they are not any more. */
  loseAccess(refusal: Refusal): void {
    if (this.state === 'closing') return
    this.tools.recordLater({
      type: 'section.access_lost',
      outcome: 'allowed',
      actor: this.eventActor,
      object: this.object,
      decision: refusal.decision,
      correlation: this.id,
    })
    this.shut(CLOSE_CODE_OF[refusal.code], refusal.decision.rule)
  }

  /** The level is another one: the client comes back through the ordinary door and drops what it may not keep. */
  changeAccess(access: Access): void {
    if (this.state === 'closing') return
    this.tools.recordLater({
      type: 'section.access_lost',
      outcome: 'allowed',
      actor: this.eventActor,
      object: this.object,
      decision: access.decision,
      details: { level: access.decision.level },
      correlation: this.id,
    })
    this.shut(CLOSE.accessChanged)
  }

  /** One tab has one clientID, and a few more when it comes back. @throws WireError W-19 */
  countClients(more: number): void {
    this.clients += more
    if (this.clients > LIMITS.clientsPerConnection) throw new WireError('W-19', 'too many clientIDs')
  }

  acknowledge(upTo: number): void {
    if (upTo <= this.acknowledged) return
    this.acknowledged = upTo
    if (this.wantsAck && this.state === 'live') this.outbox.push(wireFrame(writeAck(upTo)))
  }

  waits(bytes: number): void {
    this.waitingWrites++
    this.waitingBytes += bytes
    if (this.waitingBytes > LIMITS.uncommittedBytes && this.state === 'live') this.ws.pause()
  }

  /** Writes that waited were committed, or will never be. */
  settle(writes: number, bytes: number): void {
    this.waitingWrites -= writes
    this.waitingBytes -= bytes
    if (this.ws.isPaused && this.state === 'live' && this.waitingBytes <= LIMITS.uncommittedBytes)
      this.ws.resume()
    if (this.closed && this.waitingWrites === 0) this.tools.onSettled(this)
  }

  get object(): EventDraft['object'] {
    const access = this.opened?.access
    return access === undefined
      ? { sectionId: this.sectionId }
      : { workspaceId: access.workspaceId, documentId: access.documentId, sectionId: this.sectionId }
  }

  /** What `section.closed` says. */
  get closingVolume(): Record<string, number> {
    return {
      ...this.volume,
      bytes_out: this.outbox.sentBytes,
      milliseconds: Date.now() - this.openedAt,
    }
  }

  private onClose(): void {
    this.state = 'closing'
    this.closed = true
    this.opened?.room.leave(this)
    this.tools.onClosed(this)
    if (this.waitingWrites === 0) this.tools.onSettled(this)
  }
}
