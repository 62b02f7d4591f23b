import * as Y from 'yjs'
import type { Id } from '@/lib/ids'
import { EMPTY_UPDATE, writeStep1, writeStep2, writeUpdate } from '@/lib/sync/frame'
import { MESSAGE, SYNC } from '@/lib/sync/protocol'
import type { Actor } from '@/server/identity/actor'
import { keystrokeUpdate } from '@/tests/bench/load/keystrokes'
import { ackIn, isStep2, openRaw, updateIn } from '@/tests/support/sync/sync-raw-client'
import type { SyncBed } from '@/tests/support/sync/sync-server'

/** One person's socket in a section: what it was told, and when. */
export interface Seat {
  /** The text is here. Never, if the door stays shut. */
  synced: Promise<void>
  /** Every keystroke is acknowledged, or the socket is closed. */
  settled(keystrokes: number): Promise<void>
  closed: Promise<{ code: number; reason: string }>
  type(client: number, clock: number): void
  /** How many keystrokes of a client were told to this seat. */
  toldOf(client: number): number
  /** performance.now() of the last content that came; -Infinity if none did. */
  lastTold(): number
  leave(): void
}

const isContent = (message: Buffer): boolean =>
  message[0] === MESSAGE.sync && (message[1] === SYNC.step2 || message[1] === SYNC.update)

export const takeSeat = (bed: SyncBed, actor: Actor, sectionId: Id): Seat => {
  const raw = openRaw({
    port: bed.port,
    sectionId,
    query: '?ack=1',
    headers: { cookie: bed.cookieOf(actor), origin: bed.services.env.publicUrl },
  })
  const doc = new Y.Doc()
  let told = Number.NEGATIVE_INFINITY
  raw.ws.on('message', (data) => {
    const message = data as Buffer
    if (!isContent(message)) return
    told = performance.now()
    Y.applyUpdate(doc, updateIn(message))
  })
  void raw.opened.then(() => {
    raw.send(writeStep1(Uint8Array.of(0)))
    raw.send(writeStep2(EMPTY_UPDATE))
  })
  return {
    synced: raw.message(isStep2).then(() => undefined),
    settled: (keystrokes) =>
      Promise.race([
        raw.closed,
        // The empty step 2 counts as a write as well.
        raw.message((message) => message[0] === MESSAGE.ack && ackIn(message) >= keystrokes + 1),
      ]).then(() => undefined),
    closed: raw.closed,
    type(client, clock) {
      if (raw.ws.readyState === raw.ws.OPEN) raw.send(writeUpdate(keystrokeUpdate(client, clock)))
    },
    toldOf: (client) => Y.getState(doc.store, client),
    lastTold: () => told,
    leave: () => raw.ws.terminate(),
  }
}
