import * as Y from 'yjs'
import type { Id } from '@/lib/ids'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'
import type { Reader } from '@/server/db/client'
import { hashOf } from '@/server/text/hash-of'

/** Of nobody: no account ever used it. */
const BASE_AUTHOR = 7

/** Writes the empty paragraph into a document that holds nothing. */
export const beginBase = (doc: Y.Doc): void => {
  let parent: Y.XmlFragment = doc.getXmlFragment(EDITOR_FRAGMENT)
  for (const name of ['blockGroup', 'blockContainer', 'paragraph']) {
    const made = new Y.XmlElement(name)
    parent.insert(0, [made])
    if (name === 'blockContainer') made.setAttribute('id', 'first')
    parent = made
  }
  parent.insert(0, [new Y.XmlText()])
}

const makeBase = (): Uint8Array => {
  const doc = new Y.Doc()
  doc.clientID = BASE_AUTHOR
  doc.transact(() => beginBase(doc))
  return Y.encodeStateAsUpdate(doc)
}

/** What the editor makes of an empty section: one paragraph without a word. */
export const BASE_UPDATE = makeBase()

/** The first text of a document; null while there is none. */
export const findText = (doc: Y.Doc): Y.XmlText | null => {
  const walker = doc.getXmlFragment(EDITOR_FRAGMENT).createTreeWalker((node) => node instanceof Y.XmlText)
  for (const node of walker) return node as unknown as Y.XmlText
  return null
}

/** The first text of a document that has one. @throws if it does not */
export const textOf = (doc: Y.Doc): Y.XmlText => {
  const text = findText(doc)
  if (text === null) throw new Error('no paragraph here: not synced yet, or never begun')
  return text
}

/** A document that begins with the empty paragraph, as a tab holds it that was here before. */
export const baseDoc = (): Y.Doc => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, BASE_UPDATE)
  return doc
}

const textId = textOf(baseDoc())._item?.id
if (textId === undefined) throw new Error('the base has no text')
/** Where the text of the empty paragraph lies, for updates that are written by hand. */
export const BASE_TEXT = { client: textId.client, clock: textId.clock }

/** Lets a section begin with the empty paragraph, as a state without rows. */
export const beginSection = async (db: Pick<Reader, 'query'>, sectionId: Id): Promise<void> => {
  await db.query('insert into section_snapshots (section_id, seq, bytes, hash) values ($1, 0, $2, $3)', [
    sectionId,
    Buffer.from(BASE_UPDATE),
    hashOf(BASE_UPDATE),
  ])
}
