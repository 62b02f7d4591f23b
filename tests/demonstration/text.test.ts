import { ServerBlockNoteEditor } from '@blocknote/server-util'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { editorSchema } from '@/app/_editor/schema'
import { EDITOR_ELEMENTS, EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'
import {
  type DemonstrationDocument,
  type DemonstrationSection,
  DOCUMENTS,
} from '@/server/demonstration/documents'
import { writeText } from '@/server/demonstration/write-text'

const sectionsOf = (among: readonly DemonstrationDocument[]): DemonstrationSection[] =>
  among.flatMap(({ sections, below }) => [...sections, ...sectionsOf(below)])

const all = sectionsOf(DOCUMENTS)

const read = (update: Uint8Array): Y.Doc => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  return doc
}

it('the plan has at least eight sections, with tables and check lists', () => {
  const passages = DOCUMENTS[0]?.sections.flatMap(({ text }) => text) ?? []
  expect(DOCUMENTS[0]?.sections.length).toBeGreaterThanOrEqual(8)
  expect(passages.filter((one) => typeof one === 'object' && 'table' in one).length).toBeGreaterThanOrEqual(5)
  expect(passages.filter((one) => typeof one === 'object' && 'checks' in one).length).toBeGreaterThanOrEqual(
    3,
  )
})

it('what is written by hand is what the editor itself would have written', () => {
  const editor = ServerBlockNoteEditor.create({ schema: editorSchema() })
  for (const { title, text } of all) {
    const doc = read(writeText(text).update)
    const blocks = editor.yDocToBlocks(doc, EDITOR_FRAGMENT)
    const again = editor.blocksToYDoc(blocks, EDITOR_FRAGMENT)
    expect(doc.getXmlFragment(EDITOR_FRAGMENT).toString(), title).toBe(
      again.getXmlFragment(EDITOR_FRAGMENT).toString().replaceAll(' start="undefined"', ''),
    )
  }
})

it('every word arrives, and nothing but known elements', () => {
  const known = new Set<string>(EDITOR_ELEMENTS)
  for (const { text } of all) {
    const fragment = read(writeText(text).update).getXmlFragment(EDITOR_FRAGMENT)
    for (const node of fragment.createTreeWalker(() => true))
      if (node instanceof Y.XmlElement) expect(known).toContain(node.nodeName)
    const said = fragment.toString().replace(/<[^>]+>/g, '')
    const wanted = JSON.stringify(text).match(/[A-Z][a-z]{4,}/g) ?? []
    for (const word of wanted) expect(said).toContain(word)
  }
})
