import * as Y from 'yjs'
import { newId } from '@/lib/ids'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'
import type { Passage, Text } from '@/server/demonstration/text/text'

/**
 * Plain text as the Yjs document that the editor makes of it (node names and attributes of its schema). Written by hand
 * rather than through the editor's own conversion: that loads a whole DOM, three seconds that everyone who
 * starts the demonstration would wait. A test reads the result back with the editor's conversion.
 * @returns a V1 update, and the clientID that wrote it
 */
export const writeText = (text: Text): { update: Uint8Array; clientId: number } => {
  const doc = new Y.Doc()
  doc.transact(() => {
    const group = new Y.XmlElement('blockGroup')
    doc.getXmlFragment(EDITOR_FRAGMENT).insert(0, [group])
    group.insert(0, text.flatMap(blocksOf).map(container))
  })
  const update = Y.encodeStateAsUpdate(doc)
  const clientId = doc.clientID
  doc.destroy()
  return { update, clientId }
}

type Attributes = Record<string, string | number | boolean | number[]>

const COLOURS = { backgroundColor: 'default', textColor: 'default' }
const PLAIN = { ...COLOURS, textAlignment: 'left' }

const blocksOf = (passage: Passage): Y.XmlElement[] => {
  if (typeof passage === 'string') return [block('paragraph', passage)]
  if ('heading' in passage) return [block('heading', passage.heading, { level: 2 })]
  if ('bullets' in passage) return passage.bullets.map((line) => block('bulletListItem', line))
  if ('steps' in passage) return passage.steps.map((line) => block('numberedListItem', line))
  if ('checks' in passage)
    return passage.checks.map(([checked, line]) => block('checkListItem', line, { checked }))
  if ('quote' in passage) return [element('quote', COLOURS, [words(passage.quote)])]
  return [table(passage.table)]
}

const container = (content: Y.XmlElement): Y.XmlElement =>
  element('blockContainer', { id: newId() }, [content])

const block = (name: string, line: string, attributes: Attributes = {}): Y.XmlElement =>
  element(name, { ...PLAIN, ...attributes }, [words(line)])

/** Pixels: the width of a section's text, and the least of a column. */
const TEXT_WIDTH = 660
const LEAST_WIDTH = 70

/** Wider columns for longer texts, so that a table fits the page without scrolling sideways. */
const widthsOf = (rows: readonly (readonly string[])[]): number[] => {
  const needs = (rows[0] ?? []).map((_, column) =>
    Math.sqrt(Math.max(...rows.map((row) => row[column]?.length ?? 0))),
  )
  const all = needs.reduce((sum, need) => sum + need, 0)
  const free = TEXT_WIDTH - LEAST_WIDTH * needs.length
  return needs.map((need) => Math.floor(LEAST_WIDTH + (free * need) / all))
}

const table = (rows: readonly (readonly string[])[]): Y.XmlElement => {
  const widths = widthsOf(rows)
  const cells = (row: readonly string[], name: string) =>
    row.map((cell, column) =>
      element(name, { ...PLAIN, colspan: 1, rowspan: 1, colwidth: [widths[column] ?? LEAST_WIDTH] }, [
        element('tableParagraph', {}, [words(cell)]),
      ]),
    )
  return element(
    'table',
    { textColor: 'default' },
    rows.map((row, at) => element('tableRow', {}, cells(row, at === 0 ? 'tableHeader' : 'tableCell'))),
  )
}

const words = (line: string): Y.XmlText => {
  const text = new Y.XmlText()
  text.applyDelta(
    line
      .split('**')
      .map((insert, at) => (at % 2 === 1 ? { insert, attributes: { bold: {} } } : { insert }))
      .filter(({ insert }) => insert !== ''),
  )
  return text
}

const element = (
  name: string,
  attributes: Attributes,
  children: (Y.XmlElement | Y.XmlText)[],
): Y.XmlElement => {
  const made = new Y.XmlElement<Attributes>(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.insert(0, children)
  return made as Y.XmlElement
}
