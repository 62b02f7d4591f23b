import { readVarUint } from 'lib0/decoding'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { Id } from '@/lib/ids'
import { ACK_PARAMETER, CLOSE, COLLAB_PATH, MESSAGE, SYNC } from '@/lib/sync/protocol'
import type { Random } from '@/tests/support/seeded'
import { findText, textOf } from '@/tests/support/sync/base-text'

/** Longest wait before a lost client comes back: the stock client's own is 2.5 s, ours in the browser has full jitter. */
const COMES_BACK_MS = 1_000
const TOKEN = /<[^<>]+>/g

export const tokensIn = (text: string): string[] => text.match(TOKEN) ?? []

/** What one socket has sent, so that an acknowledgement tells which tokens it means. */
interface SocketCounts {
  /** Per write frame: how many tokens had been typed when it left. */
  typedAt: number[]
  step2Sent: boolean
  committed: number
  gotContent: boolean
}

/** One person in one section with the stock client: types unique tokens, and keeps book of what it was promised. */
export class Replica {
  readonly doc = new Y.Doc()
  readonly typed: string[] = []
  /** The first so many of `typed` are acknowledged. */
  acknowledged = 0
  /** Sockets on which something of the section came. */
  openings = 0
  /** True milliseconds of the last frame that held text or somebody's presence. */
  lastContentAt = 0
  readonly closeCodes: number[] = []
  private counts: SocketCounts = { typedAt: [], step2Sent: false, committed: 0, gotContent: false }
  private readonly provider: WebsocketProvider

  constructor(
    readonly person: number,
    readonly sectionId: Id,
    private readonly name: string,
    port: number,
    cookie: string,
  ) {
    const replica = this
    class Socket extends WebSocket {
      private readonly mine = replica.begin()
      constructor(url: string) {
        super(url, { headers: { origin: 'http://localhost:3000', cookie } })
        // The provider asks for ArrayBuffers.
        this.on('message', (data) => replica.onMessage(this.mine, new Uint8Array(data as ArrayBuffer)))
        this.on('close', (code) => replica.closeCodes.push(code))
      }
      override send(data: Uint8Array): void {
        if (data[0] === MESSAGE.sync && data[1] !== SYNC.step1) {
          this.mine.typedAt.push(replica.typed.length)
          if (data[1] === SYNC.step2) this.mine.step2Sent = true
        }
        super.send(data)
      }
    }
    this.provider = new WebsocketProvider(
      `ws://127.0.0.1:${port}`,
      `${COLLAB_PATH.slice(1)}${sectionId}`,
      this.doc,
      {
        disableBc: true,
        maxBackoffTime: COMES_BACK_MS,
        params: { [ACK_PARAMETER]: '1' },
        WebSocketPolyfill: Socket as unknown as typeof globalThis.WebSocket,
      },
    )
    this.provider.messageHandlers[MESSAGE.ack] = (_encoder, decoder) => this.onAck(readVarUint(decoder))
    this.provider.messageHandlers[MESSAGE.auth] = () => undefined
  }

  get text(): string {
    return findText(this.doc)?.toString() ?? ''
  }

  /** Everything typed here is committed, as far as this client can know. */
  get saved(): boolean {
    const { typedAt, step2Sent, committed } = this.counts
    return this.provider.synced && step2Sent && committed >= typedAt.length
  }

  /** For a report of somebody who does not come back. */
  get state(): string {
    const { counts, provider } = this
    return `${this.person} in ${this.sectionId.slice(-4)}: connected ${provider.wsconnected} synced ${provider.synced} sent ${counts.typedAt.length} committed ${counts.committed} step2 ${counts.step2Sent} codes ${this.closeCodes.join(',')}`
  }

  /** Told for good that this is over. */
  get refused(): boolean {
    return !this.provider.shouldConnect
  }

  type(random: Random): void {
    if (findText(this.doc) === null || this.refused) return
    const token = `<${this.name}.${this.typed.length}>`
    this.typed.push(token)
    const text = textOf(this.doc)
    text.insert(random() < 0.2 ? 0 : text.length, token)
  }

  /** What this client was told is kept, or has seen of others: it must never go. */
  promised(): string[] {
    const own = new Set(this.typed)
    return [
      ...this.typed.slice(0, this.acknowledged),
      ...tokensIn(this.text).filter((token) => !own.has(token)),
    ]
  }

  destroy(): void {
    this.provider.destroy()
    this.provider.awareness.destroy()
    this.doc.destroy()
  }

  private begin(): SocketCounts {
    this.counts = { typedAt: [], step2Sent: false, committed: 0, gotContent: false }
    return this.counts
  }

  private onAck(count: number): void {
    const { counts } = this
    counts.committed = count
    this.acknowledged = Math.max(this.acknowledged, counts.typedAt[count - 1] ?? 0)
  }

  private onMessage(counts: SocketCounts, data: Uint8Array): void {
    const text = data[0] === MESSAGE.sync && data[1] !== SYNC.step1
    const presence = data[0] === MESSAGE.awareness && data.length > 3
    if (!text && !presence) return
    this.lastContentAt = Date.now()
    if (counts.gotContent) return
    counts.gotContent = true
    this.openings++
  }
}

/** Codes that an honest client must never meet, whatever fails. */
export const isRefusalOfFrames = (code: number): boolean =>
  code === CLOSE.invalidFrame || code === CLOSE.tooLarge
/** Codes for those who have lost access. */
export const isLossOfAccess = (code: number): boolean =>
  code === CLOSE.refused || code === CLOSE.hiddenOrMissing || code === CLOSE.signedOut
