import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leafHash } from '@/lib/audit/chain'
import {
  consistencyProof,
  EMPTY_ROOT,
  inclusionProof,
  nodeHash,
  rootHash,
  subtreesOf,
} from '@/lib/audit/merkle'
import { verifyConsistency, verifyInclusion } from '@/lib/audit/verify-proof'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const leafOf = (bytes: string) => leafHashOfBytes(Buffer.from(bytes, 'hex'))
/** The product's leaves are text; the vectors' are bytes, all below 0x80 and so the same in UTF-8. */
const leafHashOfBytes = (bytes: Buffer) => leafHash(bytes.toString('latin1'))

/** The leaves and heads that the authors of RFC 6962 test their own implementations with. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map(leafOf)
const HEADS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

it.each(HEADS.map((head, size) => ({ head, size })))(
  'the head of the first $size vectors',
  ({ head, size }) => {
    expect(hex(rootHash(size, subtreesOf(LEAVES)))).toBe(head)
  },
)

describe('proofs of the vectors', () => {
  const subtree = subtreesOf(LEAVES)
  it('inclusion, as RFC 6962 section 2.1.3 lists them for seven leaves', () => {
    const [a, b, c, d, e, f, j] = LEAVES as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer, Buffer]
    const [g, h, i] = [nodeHash(a, b), nodeHash(c, d), nodeHash(e, f)]
    const [k, l] = [nodeHash(g, h), nodeHash(i, j)]
    const path = (index: number) => inclusionProof(index, 7, subtree).map(hex)
    expect(path(0)).toEqual([b, h, l].map(hex))
    expect(path(3)).toEqual([c, g, l].map(hex))
    expect(path(4)).toEqual([f, j, k].map(hex))
    expect(path(6)).toEqual([i, k].map(hex))
  })
  it('consistency, as RFC 6962 section 2.1.3 lists them for seven leaves', () => {
    const [a, b, c, d, e, f, j] = LEAVES as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer, Buffer]
    const [g, h, i] = [nodeHash(a, b), nodeHash(c, d), nodeHash(e, f)]
    const [k, l] = [nodeHash(g, h), nodeHash(i, j)]
    const proof = (from: number) => consistencyProof(from, 7, subtree).map(hex)
    expect(proof(3)).toEqual([c, d, g, l].map(hex))
    expect(proof(4)).toEqual([l].map(hex))
    expect(proof(6)).toEqual([i, j, k].map(hex))
  })
})

const trees = fc
  .integer({ min: 1, max: 70 })
  .chain((size) =>
    fc.record({ size: fc.constant(size), index: fc.nat(size - 1), from: fc.integer({ min: 0, max: size }) }),
  )
const leaves = Array.from({ length: 70 }, (_, i) => leafHash(`leaf ${i}`))
const subtree = subtreesOf(leaves)

it('every proof verifies, and none with anything else in its place', () => {
  fc.assert(
    fc.property(trees, fc.nat(), ({ size, index, from }, noise) => {
      const root = rootHash(size, subtree)
      const leaf = leaves[index] as Buffer
      const path = inclusionProof(index, size, subtree)
      expect(verifyInclusion({ leaf, index, size, root }, path)).toBe(true)
      const other = leafHash(`other ${noise}`)
      expect(verifyInclusion({ leaf: other, index, size, root }, path)).toBe(false)
      expect(verifyInclusion({ leaf, index, size, root: other }, path)).toBe(false)
      expect(verifyInclusion({ leaf, index, size, root }, [...path, other])).toBe(false)
      if (path.length > 0) {
        expect(verifyInclusion({ leaf, index, size, root }, path.slice(1))).toBe(false)
        expect(verifyInclusion({ leaf, index, size, root }, path.with(noise % path.length, other))).toBe(
          false,
        )
      }
      if (size > 1) expect(verifyInclusion({ leaf, index: (index + 1) % size, size, root }, path)).toBe(false)

      const before = { size: from, root: rootHash(from, subtree) }
      const proof = consistencyProof(from, size, subtree)
      expect(verifyConsistency(before, { size, root }, proof)).toBe(true)
      expect(verifyConsistency({ ...before, root: other }, { size, root }, proof)).toBe(false)
      expect(verifyConsistency(before, { size, root }, [...proof, other])).toBe(false)
      if (proof.length > 0) {
        expect(verifyConsistency(before, { size, root: other }, proof)).toBe(false)
        expect(verifyConsistency(before, { size, root }, proof.with(noise % proof.length, other))).toBe(false)
      }
    }),
  )
})

it('refuses sizes and places that are none', () => {
  expect(() => rootHash(-1, subtree)).toThrow(RangeError)
  expect(() => inclusionProof(3, 3, subtree)).toThrow(RangeError)
  expect(() => consistencyProof(4, 3, subtree)).toThrow(RangeError)
  const leaf = leaves[0] as Buffer
  expect(verifyInclusion({ leaf, index: -1, size: 1, root: leaf }, [])).toBe(false)
  expect(verifyInclusion({ leaf, index: 0, size: 0, root: leaf }, [])).toBe(false)
  expect(verifyConsistency({ size: 0, root: leaf }, { size: 1, root: leaf }, [])).toBe(false)
  expect(verifyConsistency({ size: 0, root: EMPTY_ROOT }, { size: 1, root: leaf }, [])).toBe(true)
})
