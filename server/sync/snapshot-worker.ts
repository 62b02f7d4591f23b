import { parentPort } from 'node:worker_threads'
import * as Y from 'yjs'

/**
 * Runs in a thread of its own: builds the document once, with garbage collection, and encodes it. Only here does the
 * server ever hold a Y.Doc, so a document that is slow to build slows nobody's typing.
 */
export interface SnapshotRequest {
  id: number
  /** A snapshot and the updates after it, in order, end to end in one buffer; and the length of each. */
  packed: Uint8Array
  lengths: number[]
}

export type SnapshotReply = { id: number; bytes: Uint8Array } | { id: number; error: string }

const port = parentPort
port?.on('message', ({ id, packed, lengths }: SnapshotRequest) => {
  try {
    const doc = new Y.Doc({ gc: true })
    // One transaction: garbage is collected and structs are merged once, at its end.
    doc.transact(() => {
      let at = 0
      for (const length of lengths) {
        Y.applyUpdate(doc, packed.subarray(at, at + length))
        at += length
      }
    })
    const bytes = Y.encodeStateAsUpdate(doc)
    doc.destroy()
    port.postMessage({ id, bytes } satisfies SnapshotReply)
  } catch (error) {
    port.postMessage({ id, error: error instanceof Error ? error.name : 'unknown' } satisfies SnapshotReply)
  }
})
