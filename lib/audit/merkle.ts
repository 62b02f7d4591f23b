import { createHash } from 'node:crypto'

/**
 * Merkle trees of RFC 6962 section 2.1 (the same trees as in RFC 9162): the head of a list of leaf hashes, and short
 * proofs that a leaf is in it or that a longer list begins with a shorter one. All hashes are 32 bytes, SHA-256.
 */

/** SHA-256(0x01 ‖ left ‖ right). The prefix keeps an inner node from passing for a leaf. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  createHash('sha256').update(Uint8Array.of(1)).update(left).update(right).digest()

/** The head of a tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Uint8Array = createHash('sha256').digest()

/**
 * Hash of the complete subtree of 2^level leaves that begins at leaf index · 2^level. What a tree's store answers from
 * (tiles, or the leaves themselves).
 */
export type SubtreeHash = (level: number, index: number) => Uint8Array

/** Answers from a list of leaf hashes, computed again at each question: for tests and for small trees. */
export const subtreesOf =
  (leaves: readonly Uint8Array[]): SubtreeHash =>
  (level, index) => {
    const hash = (depth: number, at: number): Uint8Array =>
      depth === 0
        ? (leaves[at] as Uint8Array)
        : nodeHash(hash(depth - 1, 2 * at), hash(depth - 1, 2 * at + 1))
    return hash(level, index)
  }

/** A run of leaves [from, to) as the complete subtrees that fill it, largest first: at most one per bit. */
const complete = (from: number, to: number): { level: number; index: number }[] => {
  const parts: { level: number; index: number }[] = []
  for (let at = from; at < to; ) {
    const level = Math.floor(Math.log2(to - at))
    parts.push({ level, index: at / 2 ** level })
    at += 2 ** level
  }
  return parts
}

/** Hash of the leaves [from, to) where `from` is a multiple of the largest power of two below `to - from`. */
const rangeHash = (from: number, to: number, subtree: SubtreeHash): Uint8Array =>
  complete(from, to)
    .map(({ level, index }) => subtree(level, index))
    .reduceRight((right, left) => nodeHash(left, right))

/** The head of the first `size` leaves. @throws RangeError for a size that is no whole number from 0 on */
export const rootHash = (size: number, subtree: SubtreeHash): Uint8Array => {
  assertSize(size)
  return size === 0 ? EMPTY_ROOT : rangeHash(0, size, subtree)
}

/** The largest power of two below n, for n > 1. */
const splitOf = (n: number): number => 2 ** (Math.ceil(Math.log2(n)) - 1)

/** RFC 6962 section 2.1.1, the audit path of leaf `index` among the first `size`, from the leaf up. */
export const inclusionProof = (index: number, size: number, subtree: SubtreeHash): Uint8Array[] => {
  assertSize(size)
  if (!Number.isSafeInteger(index) || index < 0 || index >= size)
    throw new RangeError(`leaf ${index} is not among the first ${size}`)
  const path: Uint8Array[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + splitOf(to - from)
    if (index < middle) {
      path.push(rangeHash(middle, to, subtree))
      to = middle
    } else {
      path.push(rangeHash(from, middle, subtree))
      from = middle
    }
  }
  return path.reverse()
}

/** RFC 6962 section 2.1.2: that the first `to` leaves begin with the first `from`. Empty where one is 0 or they are equal. */
export const consistencyProof = (from: number, to: number, subtree: SubtreeHash): Uint8Array[] => {
  assertSize(from)
  assertSize(to)
  if (from > to) throw new RangeError(`a tree of ${to} leaves does not begin with ${from}`)
  if (from === 0 || from === to) return []
  const proof: Uint8Array[] = []
  let [low, high, m, whole] = [0, to, from, true]
  while (m !== high - low) {
    const k = splitOf(high - low)
    if (m <= k) {
      proof.push(rangeHash(low + k, high, subtree))
      high = low + k
    } else {
      proof.push(rangeHash(low, low + k, subtree))
      low += k
      m -= k
      whole = false
    }
  }
  if (!whole) proof.push(rangeHash(low, high, subtree))
  return proof.reverse()
}

const assertSize = (size: number): void => {
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`${size} is no size of a tree`)
}
