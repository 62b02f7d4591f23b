import * as Y from 'yjs'
import { ByteWriter } from '@/lib/sync/byte-writer'

/**
 * Yjs V1 updates written by hand (yjs 13.6, utils/encoding.js), so that a test can say what no Yjs would.
 */
export interface Block {
  client: number
  clock: number
  structs: Uint8Array[]
}

const bytes = (write: (writer: ByteWriter) => void): Uint8Array => {
  const writer = new ByteWriter()
  write(writer)
  return writer.take().slice()
}

/** @param deletes client, then clock and length of one range */
export const update = (blocks: Block[], deletes: [number, number, number][] = []): Uint8Array =>
  bytes((writer) => {
    writer.varUint(blocks.length)
    for (const { client, clock, structs } of blocks) {
      writer.varUint(structs.length)
      writer.varUint(client)
      writer.varUint(clock)
      for (const struct of structs) writer.raw(struct)
    }
    writer.varUint(deletes.length)
    for (const [client, clock, length] of deletes)
      for (const value of [client, 1, clock, length]) writer.varUint(value)
  })

const run = (kind: number, length: number): Uint8Array =>
  bytes((writer) => {
    writer.varUint(kind)
    writer.varUint(length)
  })
export const collected = (length: number): Uint8Array => run(0, length)
export const skipped = (length: number): Uint8Array => run(10, length)

/** An item in a root type: its kind (struct reference) and its content as bytes. */
export const inRoot = (root: string, kind: number, content: Uint8Array): Uint8Array =>
  bytes((w) => {
    w.varUint(kind)
    w.varUint(1)
    w.text(root)
    w.raw(content)
  })

/** An item directly after another. */
export const after = (client: number, clock: number, kind: number, content: Uint8Array): Uint8Array =>
  bytes((w) => {
    w.raw(Uint8Array.of(0x80 | kind))
    w.varUint(client)
    w.varUint(clock)
    w.raw(content)
  })

export const text = (value: string): Uint8Array => bytes((w) => w.text(value))

/** A sub-document (struct reference 9): the id of a room and its options as a lib0 object. */
export const subDocument = (guid: string): Uint8Array =>
  bytes((w) => {
    w.text(guid)
    w.raw(Uint8Array.of(118, 0))
  })

/** What an edit of a copy of the document sends, as a real Yjs client would send it. */
export const edit = (state: Uint8Array, change: (doc: Y.Doc) => void, clientId?: number): Uint8Array => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  if (clientId !== undefined) doc.clientID = clientId
  const before = Y.encodeStateVector(doc)
  let said: Uint8Array | null = null
  doc.on('update', (sent: Uint8Array) => {
    said = said === null ? sent : Y.mergeUpdates([said, sent])
  })
  doc.transact(() => change(doc))
  return said ?? Y.encodeStateAsUpdate(doc, before)
}
