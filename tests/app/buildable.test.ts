import { BlockNoteEditor } from '@blocknote/core'
import { expect, test } from 'vitest'
import { initProseMirrorDoc } from 'y-prosemirror'
import * as Y from 'yjs'
import { keepBuildable } from '@/app/_editor/buildable'
import { editorSchema } from '@/app/_editor/schema'

const { pmSchema } = BlockNoteEditor.create({ schema: editorSchema() })
const rootOf = (doc: Y.Doc) => doc.getXmlFragment('prosemirror')
const groupOf = (doc: Y.Doc) => rootOf(doc).get(0) as Y.XmlElement
const containerOf = (doc: Y.Doc) => groupOf(doc).get(0) as Y.XmlElement

const element = (name: string, children: (Y.XmlElement | Y.XmlText)[]) => {
  const made = new Y.XmlElement(name)
  made.insert(0, children)
  return made
}

/** Two copies of one section with a block "kept" that holds a block "nested". */
const copies = () => {
  const first = new Y.Doc()
  const block = (text: string, inside: Y.XmlElement[] = []) =>
    element('blockContainer', [element('paragraph', [new Y.XmlText(text)]), ...inside])
  rootOf(first).insert(0, [
    element('blockGroup', [block('kept', [element('blockGroup', [block('nested')])])]),
  ])
  const second = new Y.Doc()
  Y.applyUpdate(second, Y.encodeStateAsUpdate(first))
  return [first, second] as const
}

/** What a change of the type does: the element is replaced by another one. */
const convert = (doc: Y.Doc, name: string) =>
  doc.transact(() => {
    containerOf(doc).delete(0)
    containerOf(doc).insert(0, [element(name, [new Y.XmlText('kept')])])
  })

const exchange = (one: Y.Doc, other: Y.Doc) => {
  const [mine, theirs] = [Y.encodeStateAsUpdate(one), Y.encodeStateAsUpdate(other)]
  Y.applyUpdate(one, theirs)
  Y.applyUpdate(other, mine)
}

/** The text that the editor builds from a copy, with what the binding deletes on the way. */
const built = (doc: Y.Doc) => initProseMirrorDoc(rootOf(doc), pmSchema).doc.textContent

test('what is held off here: two types for one block, and the binding deletes all of it', () => {
  const [one, other] = copies()
  convert(one, 'heading')
  convert(other, 'bulletListItem')
  exchange(one, other)
  expect(built(one)).toBe('')
})

test('two types for one block at once: every copy keeps the same one, and no text is lost', () => {
  const [one, other] = copies()
  for (const doc of [one, other]) keepBuildable(rootOf(doc), () => true)
  convert(one, 'heading')
  convert(other, 'bulletListItem')
  exchange(one, other)
  exchange(one, other)
  expect(rootOf(one).toString()).toBe(rootOf(other).toString())
  expect(built(one)).toBe('keptnested')
  expect(built(other)).toBe('keptnested')
})

test('what was already there when the editor opens is mended too, and a missing block is put in', () => {
  const [one, other] = copies()
  containerOf(one).delete(0)
  keepBuildable(rootOf(one), () => true)
  expect(built(one)).toBe('nested')
  convert(other, 'heading')
  exchange(one, other)
  expect(rootOf(one).toString()).toContain('nested')
})

test('a reader writes nothing', () => {
  const [one, other] = copies()
  keepBuildable(rootOf(one), () => false)
  containerOf(other).delete(0)
  let updates = 0
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
  one.on('update', () => updates++)
  convert(other, 'quote')
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
  expect(updates).toBe(1)
})
