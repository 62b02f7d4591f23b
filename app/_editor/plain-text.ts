import * as Y from 'yjs'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'

/** A section's text without its formatting: one line per block, the cells of a table's row with tabs between. */
export const plainTextOf = (doc: Y.Doc): string => linesOf(doc.getXmlFragment(EDITOR_FRAGMENT)).join('\n')

/** One line per block. */
export const linesOf = (node: Y.XmlFragment): string[] =>
  node.toArray().flatMap((child) => {
    if (child instanceof Y.XmlText) return [textOf(child)]
    if (!(child instanceof Y.XmlElement)) return []
    if (child.nodeName === 'tableRow')
      return [
        child
          .toArray()
          .map((cell) => (cell instanceof Y.XmlElement ? linesOf(cell).join(' ') : ''))
          .join('\t'),
      ]
    return linesOf(child)
  })

const textOf = (text: Y.XmlText): string =>
  text
    .toDelta()
    .map(({ insert }: { insert: unknown }) => (typeof insert === 'string' ? insert : ''))
    .join('')
