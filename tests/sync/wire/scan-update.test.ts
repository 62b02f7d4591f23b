import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { WireError } from '@/lib/sync/byte-reader'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'
import { joinUpdates } from '@/lib/sync/join-updates'
import { scanUpdate } from '@/lib/sync/scan-update'
import { KnownState } from '@/lib/sync/state-vector'
import { baseDoc, textOf } from '@/tests/support/sync/base-text'
import { beginText, block, textsOf } from '@/tests/support/sync/block-text'

const ruleOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof WireError) return error.rule
    throw error
  }
  return 'passed'
}

/** Random edits of a document as an editor makes them; every update that it sends. */
const updatesOf = (seed: number[], clientID = 7): { doc: Y.Doc; updates: Uint8Array[] } => {
  const doc = new Y.Doc()
  doc.clientID = clientID
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  beginText(doc)
  const group = doc.getXmlFragment(EDITOR_FRAGMENT).get(0) as Y.XmlElement
  const text = textsOf(doc)[0] as Y.XmlText
  for (const n of seed) {
    switch (n % 8) {
      case 0:
        group.insert(group.length, [block(`b${n}`, 'paragraph', '')])
        break
      case 1:
        if (text.length > 0) text.format(0, Math.min(3, text.length), { bold: n % 3 === 0 ? null : {} })
        break
      case 2:
        if (text.length > 2) text.delete(n % (text.length - 1), 1)
        break
      case 3:
        ;(text.parent as Y.XmlElement).setAttribute('textAlignment', n % 3 === 0 ? 'left' : 'right')
        break
      case 4:
        if (group.length > 1) group.delete(1 + (n % (group.length - 1)), 1)
        break
      case 5:
        group.insert(1, [block(`c${n}`, 'heading', 'on', { level: 1 + (n % 3) })])
        break
      case 6:
        group.insert(1, [block(`d${n}`, 'paragraph', `päragraph 💧 ${n}`)])
        break
      default:
        text.insert(n % (text.length + 1), `wörd${n} 🌊`)
    }
  }
  return { doc, updates }
}

const edits = fc.array(fc.nat(1000), { minLength: 1, maxLength: 60 })

test('the scan agrees with Yjs about clocks and deletions, on random edits', () => {
  fc.assert(
    fc.property(edits, (seed) => {
      const { doc, updates } = updatesOf(seed)
      const known = new KnownState()
      for (const update of updates) {
        const scan = scanUpdate(update)
        known.checkFits(scan)
        known.add(scan)
      }
      expect([...known.clocks]).toEqual([...Y.decodeStateVector(Y.encodeStateVector(doc))])
      const whole = scanUpdate(Y.encodeStateAsUpdate(doc))
      expect(known.hasNewStructs(whole)).toBe(false)
      expect(known.hasNewDeletes(whole)).toBe(false)
      expect(Y.decodeStateVector(known.encode())).toEqual(Y.decodeStateVector(Y.encodeStateVector(doc)))
    }),
    { numRuns: 300 },
  )
})

test('updates joined by their bytes make the same document', () => {
  fc.assert(
    fc.property(edits, (seed) => {
      const { doc, updates } = updatesOf(seed)
      fc.pre(updates.length > 0)
      const joined = joinUpdates(updates.map(scanUpdate))
      if (joined === null) throw new Error('one author in order always joins')
      const copy = new Y.Doc()
      Y.applyUpdate(copy, joined)
      expect(Y.encodeStateAsUpdate(copy)).toEqual(Y.encodeStateAsUpdate(doc))
    }),
    { numRuns: 200 },
  )
})

test('updates that leave a gap are not joined', () => {
  const { updates } = updatesOf([7, 7, 7])
  expect(joinUpdates([updates[0], updates[2]].map((u) => scanUpdate(u as Uint8Array)))).toBeNull()
})

const one = (...bytes: number[]) => Uint8Array.from(bytes)
const word = (name: string) => [name.length, ...Buffer.from(name)]
const root = (name: string) => [1, name.length, ...Buffer.from(name)]
const good = (() => {
  const doc = new Y.Doc()
  doc.clientID = 5
  doc.getXmlFragment(EDITOR_FRAGMENT).insert(0, [new Y.XmlElement('blockGroup')])
  return Y.encodeStateAsUpdate(doc)
})()

test.each([
  ['W-01', 'bytes after the end', one(...good, 0)],
  ['W-03', 'an over-long varint', one(0x80, 0x00, 0x00)],
  ['W-03', 'a varint beyond bounds', one(1, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f, 0)],
  ['W-04', 'a cut update', good.subarray(0, good.length - 3)],
  ['W-04', 'a text longer than the update', one(1, 1, 5, 0, 4, 0, 9, 0, 9, 97)],
  ['W-05', 'broken UTF-8', one(1, 1, 5, 0, 4, 0, 9, 0, 2, 0xc3, 0x28, 0)],
  ['W-05', 'a surrogate in UTF-8', one(1, 1, 5, 0, 4, 0, 9, 0, 3, 0xed, 0xa0, 0x80, 0)],
  ['W-05', 'a mark whose value is not JSON', one(1, 1, 5, 0, 6, 0, 9, 0, ...word('bold'), 1, 123, 0)],
  [
    'W-03',
    'a number that lib0 throws at',
    one(1, 1, 5, 0, 8, 0, 9, 0, 1, 125, ...Array(8).fill(255), 127, 0),
  ],
  ['W-10', 'a struct after itself', one(1, 1, 5, 0, 0x84, 5, 3, 4, 97, 98, 99, 100, 0)],
  ['W-10', 'a struct inside itself', one(1, 1, 5, 0, 7, 0, 5, 0, 1, 0)],
  [
    'W-10',
    'a struct before a later one of its author',
    one(1, 2, 5, 0, 0x44, 5, 1, 1, 97, 4, 0, 9, 0, 1, 98, 0),
  ],
  ['W-06', 'flags on a garbage-collected struct', one(1, 1, 5, 0, 0x20, 3, 0)],
  ['W-06', 'an unknown struct kind', one(1, 1, 5, 0, 11, 0, 9, 0, 1, 0)],
  ['W-07', 'an empty author block', one(1, 0, 5, 0, 0)],
  ['W-07', 'two blocks of one author', one(2, 1, 5, 0, 0, 1, 1, 5, 1, 0, 1, 0)],
  ['W-07', 'a struct without length', one(1, 1, 5, 0, 0, 0, 0)],
  ['W-08', 'a sub-document', one(1, 1, 5, 0, 9, 0, 9, 0, 1, 103, 126, 0)],
  ['W-15', 'an unknown element', one(1, 1, 5, 0, 7, 0, 9, 0, 3, ...word('iframe'), 0)],
  ['W-15', 'an element in capitals', one(1, 1, 5, 0, 7, 0, 9, 0, 3, ...word('Paragraph'), 0)],
  ['W-15', 'an unknown attribute', one(1, 1, 5, 0, 0x28, 0, 9, 0, ...word('onclick'), 1, 120, 0)],
  ['W-15', 'an unknown mark', one(1, 1, 5, 0, 6, 0, 9, 0, ...word('comment'), 2, 123, 125, 0)],
  ['W-16', 'an embed', one(1, 1, 5, 0, 5, 0, 9, 0, 2, 123, 125, 0)],
  ['W-16', 'bytes', one(1, 1, 5, 0, 3, 0, 9, 0, 1, 1, 0)],
  ['W-16', 'old JSON content', one(1, 1, 5, 0, 2, 0, 9, 0, 1, ...word('null'), 0)],
  ['W-16', 'a Y.Map', one(1, 1, 5, 0, 7, 0, 9, 0, 1, 0)],
  ['W-16', 'a Y.Array', one(1, 1, 5, 0, 7, 0, 9, 0, 0, 0)],
  ['W-16', 'a Y.Text', one(1, 1, 5, 0, 7, 0, 9, 0, 2, 0)],
  ['W-16', 'a hook', one(1, 1, 5, 0, 7, 0, 9, 0, 5, ...word('paragraph'), 0)],
  [
    'W-16',
    'a BigInt as a value',
    one(1, 1, 5, 0, 0x28, 0, 9, 0, ...word('start'), 1, 122, ...Array(8).fill(0), 0),
  ],
  ['W-16', 'bytes as a value', one(1, 1, 5, 0, 0x28, 0, 9, 0, ...word('start'), 1, 116, 1, 1, 0)],
  ['W-16', 'an object as a value', one(1, 1, 5, 0, 0x28, 0, 9, 0, ...word('start'), 1, 118, 0, 0)],
  [
    'W-17',
    'a script as a link',
    one(1, 1, 5, 0, 6, 0, 9, 0, ...word('link'), ...word('{"href":"javascript:alert(1)"}'), 0),
  ],
  [
    'W-17',
    'a link with more than an address',
    one(1, 1, 5, 0, 6, 0, 9, 0, ...word('link'), ...word('{"href":"https://a.b","onclick":"x"}'), 0),
  ],
  ['W-17', 'a mark with a list', one(1, 1, 5, 0, 6, 0, 9, 0, ...word('bold'), ...word('[]'), 0)],
  [
    'W-17',
    'a colour that is no text',
    one(1, 1, 5, 0, 6, 0, 9, 0, ...word('textColor'), ...word('{"stringValue":{}}'), 0),
  ],
  ['W-14', 'another root', one(1, 1, 5, 0, 7, 1, 1, 116, 3, 1, 112, 0)],
  [
    'W-14',
    'a root that only begins like ours',
    one(1, 1, 5, 0, 7, ...root(`${EDITOR_FRAGMENT}x`), 3, 1, 112, 0),
  ],
  ['W-14', 'a key in the root', one(1, 1, 5, 0, 0x27, ...root(EDITOR_FRAGMENT), 1, 107, 3, 1, 112, 0)],
  ['W-14', 'text right below the root', one(1, 1, 5, 0, 4, ...root(EDITOR_FRAGMENT), 1, 97, 0)],
  ['W-09', 'a skip', one(1, 1, 5, 0, 10, 3, 0)],
])('[%s] refuses %s', (rule, _what, bytes) => {
  expect(ruleOf(() => scanUpdate(bytes))).toBe(rule)
})

test('[W-06] a V2 update does not pass as V1', () => {
  fc.assert(
    fc.property(edits, (seed) => {
      const { doc } = updatesOf(seed)
      expect(ruleOf(() => scanUpdate(Y.encodeStateAsUpdateV2(doc)))).not.toBe('passed')
    }),
    { numRuns: 50 },
  )
})

test('[W-09] [W-10] [W-11] what does not fit onto the section is refused', () => {
  const { updates } = updatesOf([7, 15, 23])
  const known = new KnownState()
  known.add(scanUpdate(updates[0] as Uint8Array))
  expect(ruleOf(() => known.checkFits(scanUpdate(updates[2] as Uint8Array)))).toBe('W-09')
  // A struct of author 9 whose origin is a clock of author 8 that nobody has.
  expect(ruleOf(() => known.checkFits(scanUpdate(one(1, 1, 9, 0, 0x84, 8, 3, 1, 97, 0))))).toBe('W-10')
  expect(ruleOf(() => known.checkFits(scanUpdate(one(0, 1, 7, 1, 0, 127))))).toBe('W-11')
})

test('[W-10] structs of two authors that wait for each other are refused, those that take turns are not', () => {
  const ring = one(2, 1, 6, 0, 0x84, 5, 0, 1, 97, 1, 5, 0, 0x84, 6, 0, 1, 98, 0)
  expect(ruleOf(() => new KnownState().checkFits(scanUpdate(ring)))).toBe('W-10')
  const [a, b] = [baseDoc(), baseDoc()]
  for (let turn = 0; turn < 20; turn++) {
    const [writer, reader] = turn % 2 === 0 ? [a, b] : [b, a]
    textOf(writer).insert(turn, 'x')
    Y.applyUpdate(reader, Y.encodeStateAsUpdate(writer))
  }
  expect(ruleOf(() => new KnownState().checkFits(scanUpdate(Y.encodeStateAsUpdate(a))))).toBe('passed')
})

test('[W-10] a struct that half continues a garbage-collected one is refused', () => {
  const known = new KnownState()
  known.add(scanUpdate(one(1, 1, 5, 0, 0, 3, 0)))
  known.add(scanUpdate(one(1, 1, 9, 0, 7, 0, 8, 0, 6, 0)))
  const text = (from: number, ...more: number[]) => one(1, 1, 5, from, 4, 0, 9, 0, ...more, 0)
  expect(ruleOf(() => known.checkFits(scanUpdate(text(0, 6, 97, 97, 97, 97, 97, 97))))).toBe('W-10')
  expect(ruleOf(() => known.checkFits(scanUpdate(text(3, 1, 97))))).toBe('passed')
  const resent = one(1, 2, 5, 0, 0, 3, 4, 0, 9, 0, 1, 97, 0)
  expect(ruleOf(() => known.checkFits(scanUpdate(resent)))).toBe('passed')
})

test('random and mutated bytes are scanned or refused, never anything else', () => {
  fc.assert(
    fc.property(edits, fc.nat(), fc.nat(255), (seed, at, value) => {
      const { doc } = updatesOf(seed)
      const bytes = Y.encodeStateAsUpdate(doc)
      bytes[at % bytes.length] = value
      ruleOf(() => scanUpdate(bytes))
    }),
    { numRuns: 500 },
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      ruleOf(() => scanUpdate(bytes))
    }),
    { numRuns: 2000 },
  )
})

// The gate knows that both origins exist, not where they stand. Copies place such an item by the order in which they took it
// in, and may fork. It cannot be a rule: Yjs makes such items itself (redoItem looks for what is left of both neighbours).
test('[W-10] an item between origins that are no neighbours passes, because undo makes such items', () => {
  const [ada, ben] = [new Y.Doc(), new Y.Doc()]
  const root = (doc: Y.Doc) => doc.getXmlFragment(EDITOR_FRAGMENT)
  const inside = (doc: Y.Doc) => root(doc).get(0) as Y.XmlElement
  const sync = (from: Y.Doc, to: Y.Doc) => Y.applyUpdate(to, Y.encodeStateAsUpdate(from), 'others')
  const [x, y, z] = ['blockContainer', 'blockContainer', 'blockContainer'].map(
    (name) => new Y.XmlElement(name),
  )
  const group = new Y.XmlElement('blockGroup')
  group.push([x, y, z] as Y.XmlElement[])
  root(ada).push([group])
  const undo = new Y.UndoManager(root(ada), { captureTimeout: 0 })
  inside(ada).delete(1)
  root(ada).delete(0)
  undo.undo()
  sync(ada, ben)
  inside(ben).insert(1, [new Y.XmlElement('blockContainer')])
  sync(ben, ada)
  const known = new KnownState()
  known.add(scanUpdate(Y.encodeStateAsUpdate(ada)))
  const before = Y.encodeStateVector(ada)
  const between = inside(ada).get(1) as Y.XmlElement
  undo.undo()
  const made = Y.encodeStateAsUpdate(ada, before)
  const [item] = Y.decodeUpdate(made).structs as Y.Item[]
  // Ada knows Ben's block, and says that hers stands between the two that his stands between.
  expect([item?.origin, item?.rightOrigin]).toEqual([between._item?.origin, between._item?.rightOrigin])
  expect(ruleOf(() => known.checkFits(scanUpdate(made)))).toBe('passed')
})
