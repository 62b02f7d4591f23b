import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { ClockRanges } from '@/lib/sync/clock-ranges'
import { deletedRanges, withoutOldDeletes } from '@/lib/sync/delete-set'
import { scanUpdate, type UpdateScan } from '@/lib/sync/scan-update'
import { KnownState } from '@/lib/sync/state-vector'
import { baseDoc, textOf } from '@/tests/support/sync/base-text'

const nothingOnTheWay = () => []
const clocksOf = ({ deletes }: UpdateScan) => {
  const clocks: string[] = []
  for (const { client, from, to } of deletedRanges(deletes))
    for (let clock = from; clock < to; clock++) clocks.push(`${client} ${clock}`)
  return clocks.sort()
}
const knownOf = (...updates: Uint8Array[]) => {
  const known = new KnownState()
  for (const update of updates) known.add(scanUpdate(update))
  return known
}

/** A text of forty letters by 1, of which `taken` are deleted by 2, and then `more` by 3. */
const deletions = (taken: readonly number[], more: readonly number[]) => {
  const doc = baseDoc()
  doc.clientID = 1
  textOf(doc).insert(0, 'a'.repeat(40))
  const before = Y.encodeStateAsUpdate(doc)
  const without = (from: Uint8Array, places: readonly number[]) => {
    const copy = new Y.Doc({ gc: false })
    Y.applyUpdate(copy, from)
    copy.transact(() => {
      for (const at of places) if (at < textOf(copy).length) textOf(copy).delete(at, 1)
    })
    return Y.encodeStateAsUpdate(copy)
  }
  const second = without(before, taken)
  return { before, second, third: without(second, more) }
}

const places = fc.array(fc.nat(39), { maxLength: 12 })

test('of what a step 2 repeats only what is new is left, and the document is the same', () => {
  fc.assert(
    fc.property(places, places, (taken, more) => {
      const { second, third } = deletions(taken, more)
      const scan = scanUpdate(third)
      const left = withoutOldDeletes(scan, knownOf(second), nothingOnTheWay)
      const old = new Set(clocksOf(scanUpdate(second)))
      expect(clocksOf(left)).toEqual(clocksOf(scan).filter((clock) => !old.has(clock)))
      expect(clocksOf(scanUpdate(left.bytes))).toEqual(clocksOf(left))
      const [whole, pieced] = [new Y.Doc(), new Y.Doc()]
      Y.applyUpdate(whole, third)
      Y.applyUpdate(pieced, second)
      Y.applyUpdate(pieced, left.bytes)
      expect(textOf(pieced).toString()).toBe(textOf(whole).toString())
    }),
  )
})

test('what deletes only what is new is not touched', () => {
  const { before, third } = deletions([3, 4], [])
  const scan = scanUpdate(third)
  expect(withoutOldDeletes(scan, knownOf(before), nothingOnTheWay)).toBe(scan)
})

test('a deletion that another has on the way is left in: it might never be committed', () => {
  const { before, second, third } = deletions([3, 4], [9])
  const theirs = scanUpdate(second)
  const left = withoutOldDeletes(scanUpdate(third), knownOf(before, second), () => [theirs])
  expect(clocksOf(left)).toEqual(clocksOf(scanUpdate(third)))
})

test('ranges and what lies between them are what sets of numbers say', () => {
  const range = fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 9 }))
  fc.assert(
    fc.property(fc.array(range), range, (added, [from, length]) => {
      const ranges = new ClockRanges()
      const clocks = new Set<number>()
      for (const [start, size] of added) {
        ranges.add(start, start + size)
        for (let clock = start; clock < start + size; clock++) clocks.add(clock)
      }
      const all = Array.from({ length }, (_, i) => from + i)
      const flat = (found: readonly [number, number][]) =>
        found.flatMap(([start, end]) => Array.from({ length: end - start }, (_, i) => start + i))
      expect(flat(ranges.within(from, from + length))).toEqual(all.filter((clock) => clocks.has(clock)))
      expect(flat(ranges.outside(from, from + length))).toEqual(all.filter((clock) => !clocks.has(clock)))
    }),
  )
})
