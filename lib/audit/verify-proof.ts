import { EMPTY_ROOT, nodeHash } from '@/lib/audit/merkle'

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i])

const isSize = (value: number): boolean => Number.isSafeInteger(value) && value >= 0
const isOdd = (value: number): boolean => value % 2 === 1
const half = (value: number): number => Math.floor(value / 2)

/** RFC 9162 section 2.1.3.2: is the leaf at `index` of the tree of `size` leaves that has this root? Never throws. */
export const verifyInclusion = (
  claim: { leaf: Uint8Array; index: number; size: number; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean => {
  const { index, size } = claim
  if (!isSize(index) || !isSize(size) || index >= size) return false
  let [at, last, hash] = [index, size - 1, claim.leaf]
  for (const step of proof) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      hash = nodeHash(step, hash)
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else hash = nodeHash(hash, step)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && same(hash, claim.root)
}

/** RFC 9162 section 2.1.4.2: does the longer tree begin with the shorter one? Never throws. */
export const verifyConsistency = (
  from: { size: number; root: Uint8Array },
  to: { size: number; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean => {
  if (!isSize(from.size) || !isSize(to.size) || from.size > to.size) return false
  if (from.size === 0) return proof.length === 0 && same(from.root, EMPTY_ROOT)
  if (from.size === to.size) return proof.length === 0 && same(from.root, to.root)
  const isPowerOfTwo = Number.isInteger(Math.log2(from.size))
  const path = isPowerOfTwo ? [from.root, ...proof] : [...proof]
  const first = path.shift()
  if (first === undefined) return false
  let [at, last] = [from.size - 1, to.size - 1]
  while (isOdd(at)) [at, last] = [half(at), half(last)]
  let [older, newer] = [first, first]
  for (const step of path) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      older = nodeHash(step, older)
      newer = nodeHash(step, newer)
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else newer = nodeHash(newer, step)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && same(older, from.root) && same(newer, to.root)
}
