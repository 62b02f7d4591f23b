import fc from 'fast-check'
import { expect, it } from 'vitest'
import { leafHash } from '@/lib/audit/chain'
import { rootHash, subtreesOf } from '@/lib/audit/merkle'
import { EMPTY_EDGE, edgeBytes, edgeRoot, growEdge, parseEdge } from '@/lib/audit/tree/edge'

const leaves = Array.from({ length: 600 }, (_, i) => leafHash(`leaf ${i}`))
const subtree = subtreesOf(leaves)

it('the head from the edge is that of the tree, at every size and however the leaves come', () => {
  const pieces = fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 6 })
  fc.assert(
    fc.property(pieces, (counts) => {
      let edge = EMPTY_EDGE
      for (const count of counts) {
        edge = growEdge(edge, leaves.slice(edge.size, edge.size + count)).edge
        edge = parseEdge(edge.size, edgeBytes(edge))
        expect(edgeRoot(edge)).toEqual(rootHash(edge.size, subtree))
      }
    }),
  )
})

it('full tiles are told once, with their heads, in order', () => {
  const first = growEdge(EMPTY_EDGE, leaves.slice(0, 255))
  expect(first.tiles).toEqual([])
  const then = growEdge(first.edge, leaves.slice(255))
  expect(then.tiles).toEqual([
    { level: 8, index: 0, hash: subtree(8, 0) },
    { level: 8, index: 1, hash: subtree(8, 1) },
  ])
})

it('the second level of tiles follows the first', () => {
  const leaf = leafHash('the same')
  const { edge, tiles } = growEdge(
    EMPTY_EDGE,
    Array.from({ length: 65_536 }, () => leaf),
  )
  expect(edge.hashes).toHaveLength(1)
  expect(tiles).toHaveLength(257)
  expect(tiles.at(-1)).toEqual({ level: 16, index: 0, hash: edgeRoot(edge) })
})

it.each([
  [3, 32],
  [4, 64],
  [0, 32],
  [-1, 0],
  [1.5, 32],
])('%d leaves have no edge of %d bytes', (size, bytes) => {
  expect(() => parseEdge(size, new Uint8Array(bytes))).toThrow(RangeError)
})
