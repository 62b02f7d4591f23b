import * as Y from 'yjs'
import { DomainError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'
import { LIMITS } from '@/lib/sync/limits'

export interface FreshText {
  /** A new clientID: whoever makes the text is its author, whoever wrote it elsewhere. */
  clientId: number
  update: Uint8Array
}

/**
 * A new document with these blocks. Only what can be read goes over: no deleted text, no history, no clientIDs.
 * @returns null for no blocks: the section then holds nothing, as a new one does
 * @throws DomainError `too_large`
 */
export const freshText = (blocks: readonly Y.XmlElement[]): FreshText | null => {
  if (blocks.length === 0) return null
  const doc = new Y.Doc()
  const seen = new Set<string>()
  doc.transact(() => {
    const group = new Y.XmlElement('blockGroup')
    doc.getXmlFragment(EDITOR_FRAGMENT).insert(0, [group])
    group.insert(
      0,
      blocks.map((block) => copyOf(block, seen)),
    )
  })
  const update = Y.encodeStateAsUpdate(doc)
  if (update.length > LIMITS.frameBytes)
    throw new DomainError('too_large', 'That would be too long for one section. Split it first, then go on.')
  return { clientId: doc.clientID, update }
}

/** @param seen ids of blocks: two sections may hold the same one, a document never twice */
const copyOf = (element: Y.XmlElement, seen: Set<string>): Y.XmlElement => {
  const copy = new Y.XmlElement(element.nodeName)
  for (const [name, value] of Object.entries(element.getAttributes())) {
    const id = name === 'id' && typeof value === 'string' ? (seen.has(value) ? newId() : value) : null
    if (id !== null) seen.add(id)
    copy.setAttribute(name, id ?? (value as string))
  }
  copy.insert(
    0,
    element.toArray().flatMap((node): (Y.XmlElement | Y.XmlText)[] => {
      if (node instanceof Y.XmlElement) return [copyOf(node, seen)]
      return node instanceof Y.XmlText ? [textOf(node)] : []
    }),
  )
  return copy
}

const textOf = (text: Y.XmlText): Y.XmlText => {
  const copy = new Y.XmlText()
  copy.applyDelta(text.toDelta())
  return copy
}
