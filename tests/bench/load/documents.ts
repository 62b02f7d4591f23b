import * as Y from 'yjs'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'

/** Clocks of the five: of nobody's account. */
const FIRST_AUTHOR = 7

/** Nobody types a chapter into one paragraph. */
const IN_ONE_PARAGRAPH = 2_000
const PLAIN = { backgroundColor: 'default', textColor: 'default', textAlignment: 'left' }

const paragraphOf = (group: Y.XmlElement, id: string, text: Y.XmlText): void => {
  const container = new Y.XmlElement('blockContainer')
  const paragraph = new Y.XmlElement('paragraph')
  container.setAttribute('id', id)
  for (const [name, value] of Object.entries(PLAIN)) paragraph.setAttribute(name, value)
  paragraph.insert(0, [text])
  container.insert(0, [paragraph])
  group.push([container])
}

/** A document of so many keystrokes of five people, at wandering places and with corrections. */
export const typedDocument = (keystrokes: number): Uint8Array => {
  const doc = new Y.Doc()
  doc.clientID = FIRST_AUTHOR
  const group = new Y.XmlElement('blockGroup')
  doc.transact(() => {
    doc.getXmlFragment(EDITOR_FRAGMENT).insert(0, [group])
    const paragraphs = Math.max(1, Math.ceil(keystrokes / IN_ONE_PARAGRAPH))
    for (let i = 0; i < paragraphs; i++) {
      const text = new Y.XmlText()
      paragraphOf(group, `block-${i}`, text)
      doc.clientID = FIRST_AUTHOR + (i % 5)
      typeInto(text, Math.min(IN_ONE_PARAGRAPH, keystrokes - i * IN_ONE_PARAGRAPH))
    }
  })
  return Y.encodeStateAsUpdate(doc)
}

const typeInto = (text: Y.XmlText, keystrokes: number): void => {
  let at = 0
  for (let i = 0; i < keystrokes; i++) {
    if (i % 40 === 0) at = (i * 7919) % (text.length + 1)
    if (i % 12 === 11 && at > 0) text.delete(--at, 1)
    else text.insert(at++, 'abcdefghij'[i % 10] as string)
  }
}
