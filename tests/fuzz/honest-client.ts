import * as Y from 'yjs'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'
import { pick, type Random, whole } from '@/tests/support/seeded'
import { editAtRandom } from '@/tests/support/sync/block-text'
import { openClient, type SyncClient } from '@/tests/support/sync/sync-client'

export interface HonestCounts {
  edits: number
  undone: number
  offline: number
  reconnects: number
  reloads: number
  /** Tabs that came back under the clientID that they had before. */
  sameId: number
}

export interface HonestOptions {
  name: string
  port: number
  sectionId: string
  cookie: string
  random: Random
  counts: HonestCounts
  /** Every close that the server made, with its code. */
  onClose: (code: number) => void
}

let blockIds = 0

/**
 * One tab of a person who does what people do: types, formats, undoes, loses the connection, reloads. Stock
 * y-websocket client, stock undo manager; nothing of ours between it and the wire.
 */
export class HonestClient {
  private tab!: SyncClient
  private undo!: Y.UndoManager
  /** Edits that are still to be made without a connection. */
  private offline = 0

  constructor(private readonly options: HonestOptions) {
    this.open(new Y.Doc())
  }

  get doc(): Y.Doc {
    return this.tab.doc
  }

  private open(doc: Y.Doc): void {
    const { port, sectionId, cookie } = this.options
    this.tab = openClient({ port, sectionId, cookie, doc })
    this.undo = new Y.UndoManager(doc.getXmlFragment(EDITOR_FRAGMENT), {
      trackedOrigins: new Set([this]),
      captureTimeout: 20,
    })
    this.tab.provider.on('connection-close', (event: CloseEvent | null) => {
      if (event !== null && event.code !== 1005) this.options.onClose(event.code)
    })
  }

  whenSynced(): Promise<void> {
    return this.tab.provider.synced
      ? Promise.resolve()
      : new Promise((resolve) => this.tab.provider.once('sync', () => resolve()))
  }

  /** Some edits, and now and then something that interrupts them. */
  async act(settled: () => Promise<void>): Promise<void> {
    const { random, counts, name } = this.options
    for (let left = 1 + whole(random, 6); left > 0; left--) {
      const newBlockId = () => `${name}-${blockIds++}`
      editAtRandom({ doc: this.doc, random, origin: this, newBlockId })
      counts.edits++
    }
    if (random() < 0.2) this.showCursor()
    if (random() < 0.12) this.takeBack()
    const chance = random()
    if (this.offline > 0) {
      this.offline--
      if (this.offline === 0) await this.comeBack()
    } else if (chance < 0.01) this.goOffline()
    else if (chance < 0.02) await this.reconnect()
    else if (chance < 0.028) await this.reload(settled)
  }

  private showCursor(): void {
    const { random } = this.options
    const [anchor, head] = [whole(random, 100), whole(random, 100)]
    this.tab.provider.awareness.setLocalStateField('cursor', { anchor, head })
  }

  private takeBack(): void {
    const { random, counts } = this.options
    const undone = this.undo.undo()
    if (undone !== null) counts.undone++
    if (random() < 0.4) this.undo.redo()
  }

  private goOffline(): void {
    this.tab.provider.disconnect()
    this.offline = 5 + whole(this.options.random, 20)
    this.options.counts.offline++
  }

  private async comeBack(): Promise<void> {
    this.offline = 0
    this.tab.provider.connect()
    await this.whenSynced()
  }

  /** The cable is pulled, in the middle of whatever was on its way. */
  private async reconnect(): Promise<void> {
    this.options.counts.reconnects++
    this.tab.provider.disconnect()
    await this.comeBack()
  }

  /** The tab is loaded again: an empty document that gets everything from the server. */
  private async reload(settled: () => Promise<void>): Promise<void> {
    const { counts, random } = this.options
    // What was not sent yet would be gone, as in a real tab; here nothing may be lost, so it is sent first.
    await settled()
    const doc = new Y.Doc()
    if (pick(random, [true, false])) {
      // As a duplicated tab does: Yjs sees its own clientID come back and chooses another one.
      doc.clientID = this.doc.clientID
      counts.sameId++
    }
    this.destroy()
    this.open(doc)
    counts.reloads++
    await this.whenSynced()
    this.movePresence()
  }

  /** The stock provider speaks for the clientID of its document, stock presence for the one it began with. */
  private movePresence(): void {
    const { awareness } = this.tab.provider
    if (awareness.clientID === this.doc.clientID) return
    awareness.setLocalState(null)
    awareness.clientID = this.doc.clientID
    awareness.setLocalState({})
  }

  async finish(): Promise<void> {
    if (this.offline > 0) await this.comeBack()
    await this.whenSynced()
  }

  destroy(): void {
    this.undo.destroy()
    this.tab.destroy()
  }
}
