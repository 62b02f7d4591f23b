import { EMPTY_ROOT, nodeHash } from '@/lib/audit/merkle'

/**
 * The right edge of a tree (RFC 6962 section 2.1): the heads of the complete subtrees that fill its first `size` leaves,
 * largest first, one for each bit of `size`. Enough to append to the tree and to know its head: O(log n) hashes.
 */
export interface Edge {
  size: number
  /** 32 bytes each. */
  hashes: readonly Uint8Array[]
}

/** The head of a complete subtree of 2^level leaves, the index-th one of its size. */
export interface Subtree {
  level: number
  index: number
  hash: Uint8Array
}

export const EMPTY_EDGE: Edge = { size: 0, hashes: [] }

/** Levels of a tree that one level of tiles spans (c2sp.org/tlog-tiles): a tile has 2^8 hashes. */
export const TILE_HEIGHT = 8

/** Levels of the subtrees that fill `size` leaves, largest first: the bits of `size`. */
const levelsOf = (size: number): number[] => {
  const levels: number[] = []
  for (let [left, level] = [size, 0]; left > 0; [left, level] = [Math.floor(left / 2), level + 1])
    if (left % 2 === 1) levels.unshift(level)
  return levels
}

/** @param bytes the hashes one after the other. @throws RangeError when they are not those of a tree of this size */
export const parseEdge = (size: number, bytes: Uint8Array): Edge => {
  const count = levelsOf(size).length
  if (!Number.isSafeInteger(size) || size < 0 || bytes.length !== count * 32)
    throw new RangeError(`${bytes.length} bytes are no edge of ${size} leaves`)
  return { size, hashes: Array.from({ length: count }, (_, i) => bytes.subarray(i * 32, i * 32 + 32)) }
}

export const edgeBytes = ({ hashes }: Edge): Buffer => Buffer.concat(hashes)

/** The head of the tree. */
export const edgeRoot = ({ hashes }: Edge): Uint8Array =>
  hashes.length === 0 ? EMPTY_ROOT : hashes.reduceRight((right, left) => nodeHash(left, right))

/**
 * The edge after `leaves` (32 bytes each) have been appended.
 * @returns also the subtrees that the last of them completed whose level is a multiple of eight and not 0, in the order in which
 * they came about: the heads of full tiles, that of tile level n at level 8(n + 1)
 */
export const growEdge = (
  edge: Edge,
  leaves: Iterable<Uint8Array>,
): { edge: Edge; tiles: readonly Subtree[] } => {
  const levels = levelsOf(edge.size)
  const stack = edge.hashes.map((hash, i) => ({ hash, level: levels[i] ?? 0 }))
  const tiles: Subtree[] = []
  let { size } = edge
  for (const leaf of leaves) {
    size++
    let top = { hash: leaf, level: 0 }
    for (let left = stack.at(-1); left?.level === top.level; left = stack.at(-1)) {
      stack.pop()
      top = { hash: nodeHash(left.hash, top.hash), level: top.level + 1 }
      if (top.level % TILE_HEIGHT === 0) tiles.push({ ...top, index: size / 2 ** top.level - 1 })
    }
    stack.push(top)
  }
  return { edge: { size, hashes: stack.map(({ hash }) => hash) }, tiles }
}
