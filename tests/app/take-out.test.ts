import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { blockAround, takeOut } from '@/app/_editor/split/take-out'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'
import { docOf } from '@/tests/support/copies'

const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}
const words = (doc: Y.Doc) =>
  doc
    .getXmlFragment(EDITOR_FRAGMENT)
    .toString()
    .replaceAll(/<[^>]*>/g, ' ')
    .trim()
    .split(/\s+/)
const textIn = (doc: Y.Doc, id: string): Y.XmlText => {
  for (const node of doc
    .getXmlFragment(EDITOR_FRAGMENT)
    .createTreeWalker((one) => one instanceof Y.XmlText)) {
    const text = node as unknown as Y.XmlText
    if (blockAround(text) === id) return text
  }
  throw new Error(`no block ${id}`)
}
const outcome = (doc: Y.Doc, ...blockIds: string[]) => ({
  sectionId: 'new',
  blockIds,
  clocks: [...Y.decodeStateVector(Y.encodeStateVector(doc))],
})

describe('what a split takes out of the section', () => {
  test('are the blocks that the new one holds', () => {
    const doc = copyOf(docOf(['one', 'two', 'three']))
    expect(takeOut(doc, outcome(doc, 'two', 'three'))).toBe(0)
    expect(words(doc)).toEqual(['one'])
  })

  test('is not a block in which somebody has written since', () => {
    const doc = copyOf(docOf(['one', 'two', 'three']))
    const split = outcome(doc, 'two', 'three')
    textIn(doc, 'three').insert(0, 'twenty-')
    expect(takeOut(doc, split)).toBe(1)
    expect(words(doc)).toEqual(['one', 'twenty-three'])
  })

  test('is not a block that was given something new, a new block, or one in which somebody is', () => {
    const doc = copyOf(docOf(['one', 'two', 'three', 'four']))
    const split = outcome(doc, 'two', 'three', 'four')
    textIn(doc, 'two').format(0, 3, { bold: true })
    const added = copyOf(docOf(['five']))
      .getXmlFragment(EDITOR_FRAGMENT)
      .get(0) as Y.XmlElement
    ;(doc.getXmlFragment(EDITOR_FRAGMENT).get(0) as Y.XmlElement).push([
      (added.get(0) as Y.XmlElement).clone(),
    ])
    expect(takeOut(doc, split, new Set(['four']))).toBe(2)
    expect(doc.getXmlFragment(EDITOR_FRAGMENT).toString()).toContain('two')
    expect(words(doc).join(' ')).not.toContain('three')
    expect(words(doc).slice(-2)).toEqual(['four', 'five'])
  })

  test('is nothing in a section that holds nothing', () => {
    expect(takeOut(new Y.Doc(), outcome(new Y.Doc(), 'one'))).toBe(0)
  })
})
