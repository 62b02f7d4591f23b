import * as Y from 'yjs'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'
import { pick, type Random, whole } from '@/tests/support/seeded'

/**
 * Edits as the editor makes them, on a Y.Doc without an editor: blocks in containers in a group, text with marks. What is
 * made here is always what the editor's schema can show, so none of it may ever be refused.
 */

type Attributes = Record<string, string | number | boolean | number[]>
const PLAIN = { backgroundColor: 'default', textColor: 'default', textAlignment: 'left' }

export const element = (
  name: string,
  attributes: Attributes,
  children: (Y.XmlElement | Y.XmlText)[] = [],
): Y.XmlElement => {
  const made = new Y.XmlElement<Attributes>(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.insert(0, children)
  return made as Y.XmlElement
}

/** A block in its container; the id is what the editor knows it by. */
export const block = (
  id: string,
  name: string,
  words: string,
  attributes: Attributes = {},
  below: Y.XmlElement[] = [],
): Y.XmlElement =>
  element('blockContainer', { id }, [
    element(name, { ...PLAIN, ...attributes }, [new Y.XmlText(words)]),
    ...(below.length === 0 ? [] : [element('blockGroup', {}, below)]),
  ])

const table = (id: string, words: string): Y.XmlElement => {
  const cell = (name: string, said: string) =>
    element(name, { ...PLAIN, colspan: 1, rowspan: 1 }, [
      element('tableParagraph', {}, [new Y.XmlText(said)]),
    ])
  const row = (name: string) => element('tableRow', {}, [cell(name, words), cell(name, 'm')])
  return element('blockContainer', { id }, [
    element('table', { textColor: 'default' }, [row('tableHeader'), row('tableCell')]),
  ])
}

const everyElement = (doc: Y.Doc): Y.XmlElement[] =>
  [
    ...doc.getXmlFragment(EDITOR_FRAGMENT).createTreeWalker((node) => node instanceof Y.XmlElement),
  ] as Y.XmlElement[]

const groupsOf = (doc: Y.Doc) => everyElement(doc).filter(({ nodeName }) => nodeName === 'blockGroup')

export const textsOf = (doc: Y.Doc): Y.XmlText[] =>
  [
    ...doc.getXmlFragment(EDITOR_FRAGMENT).createTreeWalker((node) => node instanceof Y.XmlText),
  ] as unknown as Y.XmlText[]

/** First words, in the first paragraph if there is one. Only one client may do this: the editor does it once, too. */
export const beginText = (doc: Y.Doc, words = 'The river rises.'): void => {
  const [text] = textsOf(doc)
  if (text !== undefined) text.insert(0, words)
  else
    doc
      .getXmlFragment(EDITOR_FRAGMENT)
      .insert(0, [element('blockGroup', {}, [block('first', 'paragraph', words)])])
}

/** A paragraph at the end. */
export const appendText = (doc: Y.Doc, words: string): void => {
  const group = doc.getXmlFragment(EDITOR_FRAGMENT).get(0) as Y.XmlElement
  group.push([block(words, 'paragraph', words)])
}

const WORDS = ['a', 'e', 'water ', 'the dam', ' ', 'ß', '河', '🌊', 'نهر', 'gate 7']
const BLOCKS: [string, Attributes][] = [
  ['paragraph', {}],
  ['heading', { level: 2 }],
  ['bulletListItem', {}],
  ['checkListItem', { checked: false }],
]

export interface Writer {
  doc: Y.Doc
  random: Random
  origin: unknown
  /** Makes ids of blocks, never twice the same. */
  newBlockId(): string
}

/**
 * Where an edit may begin or end: never inside a surrogate pair. No editor cuts one, and stock Yjs copies do not agree
 * about the halves.
 */
const place = (text: Y.XmlText, random: Random): number => {
  const plain = (text.toDelta() as { insert: string }[]).map(({ insert }) => insert).join('')
  const at = whole(random, plain.length + 1)
  return /[\udc00-\udfff]/.test(plain[at] ?? '') ? at + 1 : at
}

const range = (text: Y.XmlText, random: Random): [from: number, length: number] => {
  const [a, b] = [place(text, random), place(text, random)]
  return [Math.min(a, b), Math.abs(a - b)]
}

const type = ({ doc, random }: Writer): void => {
  const text = pick(random, textsOf(doc))
  text.insert(place(text, random), pick(random, WORDS))
}

const remove = ({ doc, random }: Writer): void => {
  const text = pick(random, textsOf(doc))
  text.delete(...range(text, random))
}

const MARKS = [
  { bold: {} },
  { italic: {} },
  { bold: null },
  { link: { href: 'https://example.org/gauge' } },
  { link: null },
  { textColor: { stringValue: 'red' } },
]

const format = ({ doc, random }: Writer): void => {
  const text = pick(random, textsOf(doc))
  text.format(...range(text, random), pick(random, MARKS))
}

const insertBlock = ({ doc, random, newBlockId }: Writer): void => {
  const group = pick(random, groupsOf(doc))
  const [name, attributes] = pick(random, BLOCKS)
  const kind = random()
  const below = kind < 0.1 ? [block(newBlockId(), 'paragraph', 'below')] : []
  const made =
    kind > 0.9
      ? table(newBlockId(), pick(random, WORDS))
      : block(newBlockId(), name, pick(random, WORDS), attributes, below)
  group.insert(1 + whole(random, group.length), [made])
}

/** Never the first of a group: a group without a block is nothing that the editor can show. */
const removeBlock = ({ doc, random }: Writer): void => {
  const group = pick(random, groupsOf(doc))
  if (group.length > 1) group.delete(1 + whole(random, group.length - 1), 1)
}

export const containersOf = (doc: Y.Doc) =>
  everyElement(doc).filter(({ nodeName }) => nodeName === 'blockContainer')
const blocksIn = (container: Y.XmlElement) =>
  container.toArray().filter((child) => (child as Y.XmlElement).nodeName !== 'blockGroup') as Y.XmlElement[]

/** Containers that no editor can show: it would delete them, with all that is in them. */
export const unshowable = (doc: Y.Doc): string[] =>
  containersOf(doc)
    .filter((container) => blocksIn(container).length !== 1 || container.length > 2)
    .map(String)

/** A block becomes one of another kind, as y-prosemirror does it: another element with the same words in its place. */
export const changeKind = (container: Y.XmlElement, [name, attributes]: (typeof BLOCKS)[number]): void => {
  const [old] = blocksIn(container)
  const words = old?.get(0)
  if (!(words instanceof Y.XmlText)) return
  const text = words.clone()
  container.delete(0, 1)
  container.insert(0, [element(name, { ...PLAIN, ...attributes }, [text])])
}

const changeAnyKind = ({ doc, random }: Writer): void =>
  changeKind(pick(random, containersOf(doc)), pick(random, BLOCKS))

const setAttribute = ({ doc, random }: Writer): void => {
  const blocks = everyElement(doc).filter(({ nodeName }) => BLOCKS.some(([name]) => name === nodeName))
  const chosen = pick(random, blocks)
  if (chosen.nodeName === 'checkListItem')
    (chosen as Y.XmlElement<Attributes>).setAttribute('checked', random() < 0.5)
  else chosen.setAttribute('textAlignment', pick(random, ['left', 'center', 'right']))
}

const ACTIONS: [number, (writer: Writer) => void][] = [
  [0.6, type],
  [0.74, remove],
  [0.86, format],
  [0.92, insertBlock],
  [0.95, removeBlock],
  [0.97, changeAnyKind],
  [1, setAttribute],
]

/** One random edit in one transaction, as one key or click would make it. */
export const editAtRandom = (writer: Writer): void => {
  const chance = writer.random()
  const [, act] = ACTIONS.find(([below]) => chance < below) ?? [1, type]
  writer.doc.transact(() => act(writer), writer.origin)
}
