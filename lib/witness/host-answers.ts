import type { Refusal } from '@/lib/witness/judge'

/**
 * What a host and a witness say to each other beside the C2SP formats. A witness asks `GET /api/witness/trees`, then
 * `GET /api/witness/add-checkpoint?origin=…&old=…` for each tree that has grown, and brings its word to
 * `POST /api/witness/cosignatures?origin=…&size=…` (one signature line) or `POST /api/witness/refusals` (`RefusalReport`).
 */
export interface WatchedTree {
  /** First line of its checkpoints. */
  origin: string
  /** Of the checkpoint that the host asks to co-sign. */
  size: number
  /** The largest size that this witness has co-signed, as far as the host has it; null: none. */
  signed: number | null
}

/** Answer to `GET /api/witness/trees`. */
export interface WatchedTrees {
  /** The name that the witness is registered under. */
  witness: string
  /** Verifier keys of the log, the one in use first. A witness trusts those that its people have looked at, not these. */
  logKeys: readonly string[]
  trees: readonly WatchedTree[]
}

/** Body of `POST /api/witness/refusals`. */
export interface RefusalReport {
  origin: string
  why: Refusal | 'malformed'
  /** What this witness signed last: null, nothing. Signed notes. */
  seen: string | null
  shown: string | null
}

/** A host that sends thousands of logs wants to fill a disk. */
const MOST_TREES = 10_000

const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length <= most

/** @returns null for anything that is not such an answer */
export const readWatchedTrees = (text: string): WatchedTrees | null => {
  const value = parse(text)
  if (!isObject(value) || !isText(value.witness, 500)) return null
  const { logKeys, trees } = value
  if (!Array.isArray(logKeys) || !logKeys.every((key) => isText(key, 500))) return null
  if (!Array.isArray(trees) || trees.length > MOST_TREES || !trees.every(isWatchedTree)) return null
  return { witness: value.witness, logKeys, trees }
}

const isWatchedTree = (value: unknown): value is WatchedTree =>
  isObject(value) &&
  isText(value.origin, 500) &&
  isSize(value.size) &&
  (value.signed === null || isSize(value.signed))

const WHYS: ReadonlySet<unknown> = new Set<RefusalReport['why']>([
  'unknown_log',
  'wrong_key',
  'went_back',
  'other_size',
  'other_root',
  'not_a_continuation',
  'malformed',
])
const LONGEST_NOTE = 64 * 1024

/** @returns null for anything that is not such a report */
export const readRefusalReport = (text: string): RefusalReport | null => {
  const value = parse(text)
  if (!isObject(value) || !isText(value.origin, 500) || !WHYS.has(value.why)) return null
  const { origin, seen, shown } = value
  if (seen !== null && !isText(seen, LONGEST_NOTE)) return null
  if (shown !== null && !isText(shown, LONGEST_NOTE)) return null
  return { origin, why: value.why as RefusalReport['why'], seen, shown }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
