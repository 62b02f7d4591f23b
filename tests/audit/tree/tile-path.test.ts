import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseTilePath, tilePath } from '@/lib/audit/tree/tile-path'

/** The examples of c2sp.org/tlog-tiles. */
it.each([
  ['tile/0/x001/x234/067', { level: 0, index: 1_234_067, width: 256 }],
  ['tile/0/000', { level: 0, index: 0, width: 256 }],
  ['tile/1/000.p/5', { level: 1, index: 0, width: 5 }],
  ['tile/63/x999/999.p/255', { level: 63, index: 999_999, width: 255 }],
])('%s', (path, tile) => {
  expect(tilePath(tile)).toBe(path)
  expect(parseTilePath(path)).toEqual(tile)
})

it('every tile has one spelling, which is read back', () => {
  const tiles = fc.record({
    level: fc.integer({ min: 0, max: 6 }),
    index: fc.integer({ min: 0, max: 2 ** 53 - 1 }),
    width: fc.integer({ min: 1, max: 256 }),
  })
  fc.assert(
    fc.property(tiles, (tile) => {
      expect(parseTilePath(tilePath(tile))).toEqual(tile)
    }),
  )
})

it.each([
  'tile/00/000',
  'tile/64/000',
  'tile/0/0',
  'tile/0/x000/001',
  'tile/0/001/',
  'tile/0/x001',
  'tile/0/000.p/0',
  'tile/0/000.p/256',
  'tile/0/000.p/05',
  'tile/0/000.p',
  '/tile/0/000',
  'tile/-1/000',
  'tile/0/x999/x999/x999/x999/x999/999',
])('%s names no tile', (path) => {
  expect(parseTilePath(path)).toBeNull()
})
