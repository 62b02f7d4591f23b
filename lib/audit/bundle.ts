import type { Id } from '@/lib/ids'

/**
 * A bundle: what somebody takes away to check a record without its host. JSON Lines, one object a line, in the order of
 * the kinds below; `lib/verifier/verify.mjs` reads it, docs/verifier.md says what it proves. Hashes are hex where there is
 * one, base64 where there are many.
 */
export const BUNDLE_VERSION = 1

/** The most leaf hashes in a line: 4096 × 32 bytes. */
export const LEAVES_A_LINE = 4_096

export type BundleLine =
  | {
      kind: 'bundle'
      v: typeof BUNDLE_VERSION
      made: string
      /** The host's name: what the origins of its checkpoints begin with. */
      origin: string
      /** `whole`, or the organisation whose view of the record this is. */
      scope: 'whole' | Id
    }
  /** A key of the log, and when it was the one that signs. */
  | { kind: 'key'; role: 'log'; key: string; from: string; until: string | null }
  | { kind: 'key'; role: 'witness'; org: Id; key: string }
  /** Whose cosignatures seal a tree. `of` is empty where nobody but the host takes part: then nothing can be sealed. */
  | { kind: 'quorum'; tree: string; host: Id; of: readonly Id[]; needed: number }
  /** A signed note with the cosignatures below it; ascending in size. */
  | { kind: 'checkpoint'; tree: string; note: string }
  /** All leaf hashes of a tree, ascending. */
  | { kind: 'leaves'; tree: string; from: number; hashes: string }
  | BundleEvent
  /** Hashes of the stored rows of one run of edits, in their order. */
  | { kind: 'updates'; section: Id; burst: string; from: number; hashes: string }
  /** Without it a bundle was cut off. */
  | { kind: 'end'; events: number; leaves: number }

/** One event that the reader may see, ascending in index. */
export interface BundleEvent {
  kind: 'event'
  tree: string
  index: number
  writer: string
  seq: number
  prev: string
  canonical: string
  clear: readonly ClearValue[]
  /** Of an event alone: its audit path from the leaf up, in the tree of `size` leaves. */
  proof?: readonly string[]
  size?: number
}

/** A personal value beside the record: `value` is the RFC 8785 text that the commitment is made of. */
export interface ClearValue {
  field: string
  salt: string
  value: string
}

export const bundleLine = (line: BundleLine): string => `${JSON.stringify(line)}\n`
