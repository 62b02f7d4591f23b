import * as Y from 'yjs'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'
import { readFrame, writeStep2 } from '@/lib/sync/frame'
import { ACK_PARAMETER, MESSAGE, SYNC } from '@/lib/sync/protocol'
import { frameFrom } from '@/tests/fuzz/mutate'
import { pick, type Random, whole } from '@/tests/support/seeded'
import { beginText, editAtRandom, textsOf } from '@/tests/support/sync/block-text'
import { openClient, type SyncClient, untilDoc } from '@/tests/support/sync/sync-client'
import { ackIn, openRaw, type RawClient, updateIn } from '@/tests/support/sync/sync-raw-client'

export interface LaneOptions {
  port: number
  sectionId: string
  honest: string[]
  senders: string[]
  random: Random
}

export interface LaneCounts {
  sent: number
  accepted: number
  refused: number
  /** Close codes and rules, by how often. */
  by: Record<string, number>
}

const ORIGIN = 'http://localhost:3000'
const isAck = (message: Buffer) => message[0] === MESSAGE.ack
const shown = (doc: Y.Doc) => doc.getXmlFragment(EDITOR_FRAGMENT).toString()

/** Hexadecimal, for the report of something that went wrong. */
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/**
 * Copies with the same clocks and another text: an item between origins that are no neighbours is placed by the order in
 * which a copy took it in. The gate cannot refuse it, as undo makes such items too (scan-update.test.ts). Told with every
 * run, and the end of that lane.
 */
export class Forked extends Error {
  override readonly name = 'Forked'
}

/**
 * One section: Clara writes honestly, Walt looks on, others send what is broken. After every frame Clara types; what Walt then has
 * must be what a document has that took in Clara's edits and the accepted updates, and nothing else.
 */
export class Lane {
  readonly counts: LaneCounts = { sent: 0, accepted: 0, refused: 0, by: {} }
  private readonly reference = new Y.Doc()
  /** The newest frame, for whoever asks why nothing moves. */
  last = ''
  private sender: RawClient | null = null
  private clientId = 0
  private blockIds = 0

  private constructor(
    private readonly options: LaneOptions,
    private readonly clara: SyncClient,
    private readonly walt: SyncClient,
  ) {
    Y.applyUpdate(this.reference, Y.encodeStateAsUpdate(clara.doc))
    clara.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== clara.provider) Y.applyUpdate(this.reference, update)
    })
  }

  static async open(options: LaneOptions): Promise<Lane> {
    const { port, sectionId, honest } = options
    const [clara, walt] = [0, 1].map((who) => openClient({ port, sectionId, cookie: honest[who] ?? '' })) as [
      SyncClient,
      SyncClient,
    ]
    await Promise.all([clara.synced, walt.synced])
    const lane = new Lane(options, clara, walt)
    beginText(clara.doc)
    await untilDoc(walt.doc, () => shown(walt.doc) === shown(clara.doc))
    return lane
  }

  /** Sends one frame and looks what became of it. @throws if a copy differs from the reference */
  async shoot(): Promise<void> {
    const { random } = this.options
    const { frame, from } = this.aim()
    this.counts.sent++
    this.last = `${hex(frame)} under ${from}`
    const outcome = await this.send(frame)
    const what = `seeded frame ${hex(frame)} under ${from}: ${outcome}`
    if (outcome === 'accepted') {
      this.counts.accepted++
      const update = updateOf(frame)
      if (update !== null) Y.applyUpdate(this.reference, update)
    } else this.counts.refused++
    this.counts.by[outcome] = (this.counts.by[outcome] ?? 0) + 1
    this.last += `, ${outcome}, Clara types`
    const text = textsOf(this.clara.doc)[0]
    text?.insert(whole(random, text.length + 1), 'h')
    if (shown(this.reference).length > 4_000) text?.delete(0, text.length - 1)
    const mine = Y.getState(this.clara.doc.store, this.clara.doc.clientID)
    await untilDoc(this.walt.doc, () => Y.getState(this.walt.doc.store, this.clara.doc.clientID) >= mine)
    this.compare(this.walt.doc, what)
    this.compare(this.clara.doc, what)
  }

  /** A valid edit of what is there now, and a frame made from it. */
  private aim(): { frame: Uint8Array; from: number } {
    const { random } = this.options
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(this.walt.doc))
    if (this.sender === null) this.clientId = 1 + whole(random, 2 ** 32 - 1)
    doc.clientID = this.clientId
    let update = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc))
    doc.on('update', (made: Uint8Array) => {
      update = made
    })
    const newBlockId = () => `f${this.clientId}-${this.blockIds++}`
    try {
      editAtRandom({ doc, random, origin: 'fuzz', newBlockId })
    } catch (error) {
      // Yjs counts lengths by where it put things: a copy that is forked may not be one that can be edited.
      throw new Forked(`an editor throws: ${error instanceof Error ? error.message : String(error)}`)
    }
    doc.destroy()
    return { frame: frameFrom(random, update), from: this.clientId }
  }

  /** @returns "accepted", or the close code and rule. */
  private async send(frame: Uint8Array): Promise<string> {
    const sender = this.sender ?? (await this.connect())
    this.sender = sender
    sender.received.length = 0
    sender.send(frame)
    // An empty step 2 after it: its acknowledgement says that the frame was judged, whatever it was.
    sender.send(writeStep2(Uint8Array.of(0, 0)))
    const wanted = this.writes + (updateOf(frame) === null ? 1 : 2)
    const end = await Promise.race([
      sender.message((message) => isAck(message) && ackIn(message) >= wanted).then(() => null),
      sender.closed,
    ])
    if (end === null) {
      this.writes = wanted
      this.takeBack(sender)
      return 'accepted'
    }
    this.sender = null
    return `${end.code} ${end.reason}`
  }

  /** What the server took back of it, it tells the author alone: nothing but deletions. */
  private takeBack({ received }: RawClient): void {
    for (const message of received) {
      if (message[0] !== MESSAGE.sync || message[1] !== SYNC.update) continue
      const update = updateIn(message)
      if (update[0] === 0) Y.applyUpdate(this.reference, update)
    }
  }

  private writes = 0

  private async connect(): Promise<RawClient> {
    const { port, sectionId, senders, random } = this.options
    const sender = openRaw({
      port,
      sectionId,
      query: `?${ACK_PARAMETER}=1`,
      headers: { origin: ORIGIN, cookie: pick(random, senders) },
    })
    sender.send = (bytes) => sender.ws.send(bytes)
    await sender.opened
    sender.send(writeStep2(Uint8Array.of(0, 0)))
    await sender.message(isAck)
    this.writes = 1
    return sender
  }

  private compare(doc: Y.Doc, what: string): void {
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
      throw new Error(`something waits for ever after ${what}`)
    if (shown(doc) !== shown(this.reference))
      throw new (sameClocks(doc, this.reference) ? Forked : Error)(
        `not what the reference holds after ${what}:\n${shown(doc)}\n${shown(this.reference)}`,
      )
  }

  /** What a reader gets who comes now, and everybody's clocks and deletions. */
  async finish(): Promise<void> {
    const { port, sectionId, honest } = this.options
    this.last += ', the end: a reader opens'
    const late = openClient({ port, sectionId, cookie: honest[1] ?? '' })
    await late.synced
    this.last += ', synced'
    this.compare(late.doc, 'the end')
    for (const client of [late, this.clara, this.walt]) client.destroy()
    this.sender?.ws.terminate()
  }
}

const sameClocks = (a: Y.Doc, b: Y.Doc): boolean => {
  const [mine, theirs] = [a, b].map((doc) => Y.decodeStateVector(Y.encodeStateVector(doc)))
  return (
    mine !== undefined &&
    theirs !== undefined &&
    mine.size === theirs.size &&
    [...mine].every(([client, clock]) => theirs.get(client) === clock)
  )
}

const updateOf = (frame: Uint8Array): Uint8Array | null => {
  try {
    const read = readFrame(frame)
    return read.kind === 'write' ? read.update : null
  } catch {
    return null
  }
}
