import { BlockNoteEditor } from '@blocknote/core'
import { expect, test } from 'vitest'
import { initProseMirrorDoc } from 'y-prosemirror'
import * as Y from 'yjs'
import { keepOneBlock } from '@/app/_editor/connection/one-block'
import { editorSchema } from '@/app/_editor/schema'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'
import { baseDoc, textOf } from '@/tests/support/sync/base-text'
import { block, changeKind, containersOf, element, unshowable } from '@/tests/support/sync/block-text'

const { pmSchema } = BlockNoteEditor.create({ schema: editorSchema() })
/** The text that the editor builds from a copy; what it cannot build it deletes. */
const built = (doc: Y.Doc) =>
  initProseMirrorDoc(copyOf(doc).getXmlFragment(EDITOR_FRAGMENT), pmSchema).doc.textContent

const container = (doc: Y.Doc) => containersOf(doc)[0] as Y.XmlElement
const shown = (doc: Y.Doc) => doc.getXmlFragment(EDITOR_FRAGMENT).toString()
const copyOf = (doc: Y.Doc) => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}
const hear = (doc: Y.Doc, from: Y.Doc) =>
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(from, Y.encodeStateVector(doc)), 'the server')

/** Two copies of a paragraph; the second one is kept in order, and notes what an editor that comes later would see. */
const pair = (words = 'The river rises.', mayEdit = true) => {
  const theirs = baseDoc()
  textOf(theirs).insert(0, words)
  const mine = copyOf(theirs)
  keepOneBlock(mine, () => mayEdit)
  const seen: string[] = []
  mine.getXmlFragment(EDITOR_FRAGMENT).observeDeep(() => seen.push(...unshowable(mine)))
  return { theirs, mine, seen }
}

test('what is held off: two kinds for one block, and the editor deletes all of it', () => {
  const { theirs, mine } = pair('The river rises.', false)
  changeKind(container(theirs), ['heading', { level: 1 }])
  mine.transact(() => changeKind(container(mine), ['bulletListItem', {}]))
  hear(mine, theirs)
  expect(built(mine)).toBe('')
})

test('the change that the server sent stands, and an editor never sees two blocks in one container', () => {
  const { theirs, mine, seen } = pair()
  changeKind(container(theirs), ['heading', { level: 1 }])
  mine.transact(() => changeKind(container(mine), ['bulletListItem', {}]))
  hear(mine, theirs)
  expect(seen).toEqual([])
  expect(shown(mine)).toBe(shown(theirs))
  expect(built(mine)).toBe('The river rises.')
})

test('words that stood only in what goes are kept, as a block of their own right behind', () => {
  const { theirs, mine, seen } = pair()
  changeKind(container(theirs), ['heading', { level: 1 }])
  mine.transact(() => changeKind(container(mine), ['bulletListItem', {}]))
  textOf(mine).insert(0, 'Offline: ')
  hear(mine, theirs)
  expect(seen).toEqual([])
  expect(containersOf(mine).map((one) => (one.get(0) as Y.XmlElement).nodeName)).toEqual([
    'heading',
    'bulletListItem',
  ])
  expect(containersOf(mine).map((one) => (one.get(0) as Y.XmlElement).get(0).toString())).toEqual([
    'The river rises.',
    'Offline: The river rises.',
  ])
  expect(new Set(containersOf(mine).map((one) => one.getAttribute('id'))).size).toBe(2)
  expect(built(mine)).toBe('The river rises.Offline: The river rises.')
})

test('what both indented below one block stands in one group', () => {
  const { theirs, mine, seen } = pair()
  container(theirs).insert(1, [element('blockGroup', {}, [block('t', 'paragraph', 'theirs')])])
  mine.transact(() =>
    container(mine).insert(1, [element('blockGroup', {}, [block('m', 'paragraph', 'mine')])]),
  )
  hear(mine, theirs)
  expect(seen).toEqual([])
  expect(container(mine).length).toBe(2)
  expect(shown(mine)).toContain('theirs')
  expect(shown(mine)).toContain('mine')
})

test('a container that has lost its block keeps what is indented below it', () => {
  const { theirs, mine, seen } = pair()
  container(theirs).insert(1, [element('blockGroup', {}, [block('t', 'paragraph', 'below')])])
  hear(mine, theirs)
  container(theirs).delete(0, 1)
  hear(mine, theirs)
  expect(seen).toEqual([])
  expect(built(mine)).toBe('below')
})

test('a second group below the root goes, and its blocks stay', () => {
  const { theirs, mine } = pair()
  theirs
    .getXmlFragment(EDITOR_FRAGMENT)
    .insert(1, [element('blockGroup', {}, [block('t', 'paragraph', 'theirs')])])
  hear(mine, theirs)
  expect(mine.getXmlFragment(EDITOR_FRAGMENT).length).toBe(1)
  expect(shown(mine)).toContain('theirs')
  expect(shown(mine)).toContain('The river rises.')
})

test('whoever only reads changes nothing', () => {
  const { theirs, mine } = pair('The river rises.', false)
  theirs.transact(() =>
    container(theirs).insert(0, [element('heading', { level: 1 }, [new Y.XmlText('two')])]),
  )
  hear(mine, theirs)
  expect(shown(mine)).toBe(shown(theirs))
})

test('it stops', () => {
  const [theirs, mine] = [baseDoc(), baseDoc()]
  keepOneBlock(mine, () => true)()
  theirs.transact(() => container(theirs).insert(0, [element('heading', { level: 1 }, [])]))
  hear(mine, theirs)
  expect(container(mine).length).toBe(2)
})
