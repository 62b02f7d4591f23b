import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { WireError } from '@/lib/sync/byte-reader'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'
import { scanStored, scanUpdate } from '@/lib/sync/scan-update'
import { KnownState } from '@/lib/sync/state-vector'
import { seeded, whole } from '@/tests/support/seeded'
import { baseDoc, textOf } from '@/tests/support/sync/base-text'
import { block, editAtRandom, element, textsOf } from '@/tests/support/sync/block-text'

const ruleOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof WireError) return error.rule
    throw error
  }
  return 'passed'
}

const group = (doc: Y.Doc) => doc.getXmlFragment(EDITOR_FRAGMENT).get(0) as Y.XmlElement
const paragraph = (doc: Y.Doc) => textOf(doc).parent as Y.XmlElement

/** What the gate says to what this change sends, in a section that holds the empty paragraph and the word "Old". */
const judge = (change: (doc: Y.Doc) => void, before: (doc: Y.Doc) => void = () => undefined): string => {
  const doc = baseDoc()
  textOf(doc).insert(0, 'Old')
  before(doc)
  const known = new KnownState()
  known.add(scanStored(Y.encodeStateAsUpdate(doc)))
  let sent: Uint8Array | null = null
  doc.on('update', (update: Uint8Array) => {
    sent = update
  })
  doc.transact(() => change(doc))
  const update = sent as Uint8Array | null
  if (update === null) throw new Error('nothing was sent')
  return ruleOf(() => known.checkFits(scanUpdate(update)))
}

const table = (...cells: Y.XmlElement[]) => element('table', {}, [element('tableRow', {}, cells)])
const cell = (...inside: (Y.XmlElement | Y.XmlText)[]) =>
  element('tableCell', { colspan: 1, colwidth: [70] }, [element('tableParagraph', {}, inside)])

test.each<[string, (doc: Y.Doc) => void]>([
  ['a word', (doc) => textOf(doc).insert(3, ' word')],
  ['a word in place of a deleted one', (doc) => [textOf(doc).delete(0, 3), textOf(doc).insert(0, 'New')]],
  ['a mark', (doc) => textOf(doc).format(0, 2, { bold: {}, link: { href: 'mailto:duty@example.org' } })],
  ['a colour', (doc) => textOf(doc).format(0, 2, { textColor: { stringValue: 'red' } })],
  ['a block', (doc) => group(doc).push([block('b', 'heading', 'H', { level: 2 })])],
  ['a block before the first', (doc) => group(doc).insert(0, [block('b', 'bulletListItem', 'Q')])],
  [
    'a block below',
    (doc) =>
      paragraph(doc).parent &&
      (paragraph(doc).parent as Y.XmlElement).push([
        element('blockGroup', {}, [block('c', 'paragraph', 'below')]),
      ]),
  ],
  [
    'a table',
    (doc) =>
      group(doc).push([element('blockContainer', { id: 't' }, [table(cell(new Y.XmlText('x')), cell())])]),
  ],
  ['a line break', (doc) => paragraph(doc).push([element('hardBreak', {}), new Y.XmlText('next')])],
  [
    'an attribute, and again',
    (doc) => [
      paragraph(doc).setAttribute('textAlignment', 'left'),
      paragraph(doc).setAttribute('textAlignment', 'right'),
    ],
  ],
  [
    'another kind of block',
    (doc) => {
      const container = paragraph(doc).parent as Y.XmlElement
      container.delete(0, 1)
      container.insert(0, [element('checkListItem', { checked: true }, [new Y.XmlText('Old')])])
    },
  ],
])('[W-18] %s passes', (_what, change) => expect(judge(change)).toBe('passed'))

test.each<[string, string, (doc: Y.Doc) => void]>([
  [
    'W-18',
    'a paragraph right below the root',
    (doc) => doc.getXmlFragment(EDITOR_FRAGMENT).push([element('paragraph', {})]),
  ],
  [
    'W-18',
    'a paragraph beside the group',
    (doc) => doc.getXmlFragment(EDITOR_FRAGMENT).insert(1, [element('paragraph', {})]),
  ],
  ['W-18', 'a paragraph without a container', (doc) => group(doc).push([element('paragraph', {})])],
  ['W-18', 'a block in a paragraph', (doc) => paragraph(doc).push([block('b', 'paragraph', '')])],
  [
    'W-18',
    'a table in a table',
    (doc) => group(doc).push([element('blockContainer', {}, [table(element('tableCell', {}, [table()]))])]),
  ],
  ['W-18', 'a text in a group', (doc) => group(doc).insert(1, [new Y.XmlText('lost')])],
  [
    'W-18',
    'a line break in code',
    (doc) =>
      group(doc).push([
        element('blockContainer', {}, [element('codeBlock', {}, [element('hardBreak', {})])]),
      ]),
  ],
  ['W-18', 'an element inside a text', (doc) => textOf(doc).insertEmbed(1, element('paragraph', {}))],
  ['W-18', 'an attribute on a text', (doc) => textOf(doc).setAttribute('id', 'x')],
  ['W-15', 'an attribute of another element', (doc) => paragraph(doc).setAttribute('level', 1 as never)],
  [
    'W-17',
    'a level that no browser can draw',
    (doc) => group(doc).push([block('b', 'heading', 'H', { level: '<' })]),
  ],
  [
    'W-17',
    'a check that is a word',
    (doc) => group(doc).push([block('b', 'checkListItem', 'H', { checked: 'yes' })]),
  ],
  [
    'W-17',
    'a column as wide as a word',
    (doc) =>
      group(doc).push([
        element('blockContainer', {}, [table(element('tableCell', { colwidth: ['x'] as never }, []))]),
      ]),
  ],
])('[%s] %s is refused', (rule, _what, change) => expect(judge(change)).toBe(rule))

test('[W-17] a value in place of a good one is judged by its own attribute, whose name is not on the wire', () => {
  const change = (doc: Y.Doc) =>
    ((textsOf(doc)[1] as Y.XmlText).parent as Y.XmlElement).setAttribute('level', '<')
  expect(judge(change, (doc) => group(doc).push([block('h', 'heading', 'H', { level: 1 })]))).toBe('W-17')
})

const one = (...bytes: number[]) => Uint8Array.from(bytes)

test('[W-18] letters beside an element are refused, also beside one that is deleted', () => {
  const doc = baseDoc()
  group(doc).push([block('b', 'paragraph', 'x')])
  group(doc).delete(1, 1)
  const known = new KnownState()
  known.add(scanStored(Y.encodeStateAsUpdate(doc)))
  // Client 7 begins with the group at 0 and the container at 1.
  expect(ruleOf(() => known.checkFits(scanUpdate(one(1, 1, 9, 0, 0x84, 7, 1, 1, 97, 0))))).toBe('W-18')
  const gone = doc.clientID
  const id = [0, 7, 14, 21, 28].map((by) => Math.floor(gone / 2 ** by) & 127)
  while (id.at(-1) === 0) id.pop()
  const varint = id.map((byte, i) => (i < id.length - 1 ? byte | 128 : byte))
  expect(ruleOf(() => known.checkFits(scanUpdate(one(1, 1, 9, 0, 0x84, ...varint, 0, 1, 97, 0))))).toBe(
    'W-18',
  )
})

test('[W-18] thousands of authors, each after another, are judged without a deep stack', () => {
  const known = new KnownState()
  const authors = 20_000
  const bytes: number[] = []
  const varUint = (value: number) => {
    let rest = value
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push(128 | (rest % 128))
    bytes.push(rest)
  }
  varUint(authors)
  // Each stands after the next one's, so that the first can only be placed when the last is.
  for (let i = 0; i < authors; i++) {
    varUint(1)
    varUint(100 + i)
    varUint(0)
    if (i < authors - 1) {
      bytes.push(0x87)
      varUint(100 + i + 1)
      varUint(0)
    } else bytes.push(7, 1, EDITOR_FRAGMENT.length, ...Buffer.from(EDITOR_FRAGMENT))
    bytes.push(3, 10, ...Buffer.from('blockGroup'))
  }
  bytes.push(0)
  expect(ruleOf(() => known.checkFits(scanUpdate(Uint8Array.from(bytes))))).toBe('passed')
})

test('[W-18] what several people do at once, with undo and garbage collection, always passes', () => {
  const seed = Date.now() % 1_000_000
  const random = seeded(seed)
  let ids = 0
  for (let trial = 0; trial < 6; trial++) {
    let known = new KnownState()
    const state = baseDoc()
    known.add(scanStored(Y.encodeStateAsUpdate(state)))
    const people = [0, 1, 2].map(() => {
      const doc = baseDoc()
      const undo = new Y.UndoManager(doc.getXmlFragment(EDITOR_FRAGMENT), { captureTimeout: 0 })
      return { doc, undo }
    })
    for (let step = 0; step < 400; step++) {
      const { doc, undo } = people[whole(random, 3)] as (typeof people)[0]
      if (random() < 0.15) undo.undo()
      else editAtRandom({ doc, random, origin: null, newBlockId: () => `b${ids++}` })
      if (random() > 0.4) continue
      const update = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(state))
      const scan = scanUpdate(update)
      expect(
        ruleOf(() => known.checkFits(scan)),
        `seed ${seed}`,
      ).toBe('passed')
      known.add(scan)
      Y.applyUpdate(state, update)
      if (random() < 0.5) Y.applyUpdate(doc, Y.encodeStateAsUpdate(state, Y.encodeStateVector(doc)))
      // As after a restart: only a garbage-collected state is known.
      if (random() < 0.1) {
        known = new KnownState()
        known.add(scanStored(Y.encodeStateAsUpdate(state)))
      }
    }
  }
})

test('a place for one is looked at once, however many elements an update brings', () => {
  const doc = baseDoc()
  const group = doc.getXmlFragment(EDITOR_FRAGMENT).get(0) as Y.XmlElement
  const many = (name: string) =>
    Array.from({ length: 4_000 }, (_, i) => block(`${name}${i}`, 'paragraph', 'x'))
  group.insert(1, many('before'))
  const known = new KnownState()
  known.addNew(scanUpdate(Y.encodeStateAsUpdate(doc)))
  const before = Y.encodeStateVector(doc)
  doc.transact(() => {
    group.insert(1, many('pasted'))
    for (const container of group.toArray().slice(4_001, 8_001))
      (container as Y.XmlElement).insert(1, [new Y.XmlElement('paragraph')])
  })
  const scan = scanUpdate(Y.encodeStateAsUpdate(doc, before))
  const clocks = Y.decodeUpdate(scan.bytes).structs.length
  const taken = known.addNew(scan)
  const [ranges] = [...(taken?.values() ?? [])]
  expect(ranges?.within(0, clocks * 2).reduce((sum, [from, to]) => sum + to - from, 0)).toBe(4_000)
})
