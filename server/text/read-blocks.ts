import * as Y from 'yjs'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'
import type { Reader } from '@/server/db/client'
import { loadSection } from '@/server/text/load-section'

/** The text of a section as it is now. */
export interface SectionText {
  /** Its blocks, in order; nested ones lie in theirs. What was deleted is not there. */
  blocks: Y.XmlElement[]
  /** How far each clientID had written. */
  clocks: [clientId: number, clock: number][]
}

/**
 * Builds the garbage-collected state of a section. The caller has authorized reading it.
 * @throws DomainError `unavailable` for a section of which a part of the store is damaged
 */
export const readBlocks = async (reader: Reader, sectionId: Id): Promise<SectionText> => {
  const { snapshot, rows, damage } = await loadSection(reader, sectionId)
  if (damage?.readOnly)
    throw new DomainError(
      'unavailable',
      'A part of what is stored of this section is damaged. It can be read, and is copied again once it is mended.',
    )
  const doc = new Y.Doc({ gc: true })
  doc.transact(() => {
    if (snapshot !== null) Y.applyUpdate(doc, snapshot.bytes)
    for (const { bytes } of rows) Y.applyUpdate(doc, bytes)
  })
  const group = doc.getXmlFragment(EDITOR_FRAGMENT).toArray().find(isElement)
  return {
    blocks: group?.toArray().filter(isElement) ?? [],
    clocks: [...Y.decodeStateVector(Y.encodeStateVector(doc))],
  }
}

const isElement = (node: unknown): node is Y.XmlElement => node instanceof Y.XmlElement
