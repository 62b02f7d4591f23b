import { expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { blocksOf, busyBlocks } from '@/app/_editor/split/blocks-of'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'

const docOf = (lines: readonly string[]) => {
  const doc = new Y.Doc()
  const group = new Y.XmlElement('blockGroup')
  doc.getXmlFragment(EDITOR_FRAGMENT).insert(0, [group])
  const texts = lines.map((line, i) => {
    const container = new Y.XmlElement('blockContainer')
    container.setAttribute('id', `b${i}`)
    const paragraph = new Y.XmlElement('paragraph')
    const text = new Y.XmlText(line)
    paragraph.insert(0, [text])
    container.insert(0, [paragraph])
    group.push([container])
    return text
  })
  return { doc, texts }
}

test('the paragraphs of a text in order, by their first words', () => {
  const { doc } = docOf(['First', '', 'x'.repeat(200)])
  expect(blocksOf(doc)).toEqual([
    { id: 'b0', words: 'First' },
    { id: 'b1', words: '' },
    { id: 'b2', words: 'x'.repeat(90) },
  ])
  expect(blocksOf(new Y.Doc())).toEqual([])
})

test('a block is busy while somebody else’s caret stands in it; what cannot be read says nothing', () => {
  const { doc, texts } = docOf(['First', 'Second'])
  const awareness = new Awareness(doc)
  const caret = (text: Y.XmlText) => Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, 1))
  const [first, second] = texts as [Y.XmlText, Y.XmlText]
  awareness.setLocalState({ cursor: { anchor: caret(first), head: caret(first) } })
  expect(busyBlocks(doc, awareness)).toEqual(new Set())
  awareness.states.set(7, { cursor: { anchor: caret(second), head: caret(second) } })
  awareness.states.set(8, { cursor: { anchor: 'nonsense', head: { item: 5 } } })
  expect(busyBlocks(doc, awareness)).toEqual(new Set(['b1']))
  awareness.destroy()
})
