import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { writeUpdate } from '@/lib/sync/frame'
import { Bed } from '@/tests/bench/bed'
import { typedDocument } from '@/tests/bench/load/documents'
import { FrameReader } from '@/tests/bench/load/frame-reader'
import { countKeystrokes, keystrokeUpdate } from '@/tests/bench/load/keystrokes'
import { PART_NAMES, PARTS } from '@/tests/bench/part-list'
import { baseDoc, textOf } from '@/tests/support/sync/base-text'

/** The bench is run by people, rarely: here every part of it runs once, tiny, so that it cannot rot. */
const bed = new Bed(null)
beforeAll(() => bed.servers(), 180_000)
afterAll(() => bed.close())

/** Other files run their kill trials and read the record's pages; several nodes need a PostgreSQL: tests/nodes. */
const ELSEWHERE = new Set(['kills', 'nodes'])

describe('a part measures', () => {
  for (const name of PART_NAMES.filter((one) => !ELSEWHERE.has(one)))
    test(name, async () => {
      const part = await PARTS[name]()
      const { tables, checks } = await part.run(bed, true)
      expect(bed.failures).toEqual([])
      expect(tables.length).toBeGreaterThan(0)
      for (const { title, head, rows } of tables) {
        expect(rows.length, title).toBeGreaterThan(0)
        for (const row of rows) {
          expect(row, title).toHaveLength(head.length)
          for (const cell of row) {
            if (typeof cell === 'number')
              expect(cell, `${title}: ${row.join(', ')}`).toSatisfy(Number.isFinite)
            else expect(cell).not.toMatch(/NaN|Infinity/)
          }
        }
      }
      for (const { work, results } of checks)
        for (const { verdict } of results) expect(verdict, work).not.toBe('not measured')
    }, 120_000)
})

describe('the load', () => {
  test('what is typed by hand is what Yjs reads, in the paragraph that the document begins with', () => {
    const doc = baseDoc()
    for (const client of [501, 502])
      for (let clock = 0; clock < 3; clock++) Y.applyUpdate(doc, keystrokeUpdate(client, clock))
    expect(doc.store.pendingStructs).toBeNull()
    expect(textOf(doc).toString()).toBe('xxxxxx')
  })

  test('a document has the keystrokes it was asked for, and its deletions', () => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, typedDocument(1_200))
    expect(doc.getXmlFragment('prosemirror').toString()).toMatch(/[a-j]{500}/)
    expect(Y.encodeStateAsUpdate(doc).length).toBeGreaterThan(1_200)
  })

  test('keystrokes are counted by their clocks, joined or not', () => {
    const seen: [number, number, number][] = []
    const count = (message: Uint8Array) =>
      countKeystrokes(message, 0, message.length, (...one) => void seen.push(one))
    const updates = Array.from({ length: 50 }, (_, clock) => keystrokeUpdate(700, clock))
    expect(updates.reduce((sum, update) => sum + count(writeUpdate(update)), 0)).toBe(50)
    expect(seen[49]).toEqual([700, 49, 50])
    expect(count(writeUpdate(Y.mergeUpdates(updates)))).toBe(50)
    const other = Y.mergeUpdates([...updates, keystrokeUpdate(701, 0)])
    expect(count(writeUpdate(other))).toBe(51)
    expect(count(Uint8Array.of(0, 0, 1, 0))).toBe(0)
  })

  test('frames are cut wherever the network cuts them', () => {
    const long = Buffer.concat([Buffer.from([0x82, 126, 1, 0]), Buffer.alloc(256)])
    const whole = Buffer.concat([Buffer.from([0x82, 3, 1, 2, 3, 0x89, 0]), long])
    for (let cut = 0; cut <= whole.length; cut++) {
      const frames: [number, number][] = []
      const reader = new FrameReader((opcode, _bytes, begin, end) => frames.push([opcode, end - begin]))
      reader.push(whole.subarray(0, cut))
      reader.push(whole.subarray(cut))
      expect(frames).toEqual([
        [0x82, 3],
        [0x89, 0],
        [0x82, 256],
      ])
    }
  })
})
