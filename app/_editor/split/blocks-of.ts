import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { linesOf } from '@/app/_editor/plain-text'
import { blockAround } from '@/app/_editor/split/take-out'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'

/** The topmost blocks of a section's text in order: the editor's id and the first words, '' for an empty one. */
export const blocksOf = (doc: Y.Doc): { id: string; words: string }[] => {
  const group = doc.getXmlFragment(EDITOR_FRAGMENT).toArray().find(isElement)
  return (group?.toArray() ?? []).filter(isElement).flatMap((block) => {
    const id = block.getAttribute('id')
    const [first] = linesOf(block).filter((line) => line.trim() !== '')
    return id === undefined ? [] : [{ id, words: (first ?? '').trim().slice(0, 90) }]
  })
}

/** Ids of the topmost blocks in which somebody else's caret stands (y-prosemirror's `cursor` of the presence). */
export const busyBlocks = (doc: Y.Doc, awareness: Awareness): Set<string> => {
  const busy = new Set<string>()
  for (const [clientId, state] of awareness.getStates()) {
    if (clientId === doc.clientID) continue
    const { cursor } = state as { cursor?: { anchor?: unknown; head?: unknown } | null }
    for (const end of [cursor?.anchor, cursor?.head]) {
      const found = end ? typeAt(doc, end) : null
      const id = found === null ? null : blockAround(found)
      if (id !== null) busy.add(id)
    }
  }
  return busy
}

/** A place that cannot be read says nothing: it was made by another client. */
const typeAt = (doc: Y.Doc, place: unknown) => {
  try {
    const position = Y.createRelativePositionFromJSON(place)
    return Y.createAbsolutePositionFromRelativePosition(position, doc)?.type ?? null
  } catch {
    return null
  }
}

const isElement = (node: unknown): node is Y.XmlElement => node instanceof Y.XmlElement
