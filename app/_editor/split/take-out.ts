import * as Y from 'yjs'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'
import type { SplitOutcome } from '@/lib/views/copies'

/**
 * Deletes from a section's text the blocks that a split has put into a new section, as an ordinary edit. A block stays, so
 * that nothing is lost, if it holds a letter that was not there when they were copied, or somebody's caret stands in it.
 * @param busy ids of blocks in which others are
 * @returns how many stay, and are in both sections now
 */
export const takeOut = (
  doc: Y.Doc,
  { blockIds, clocks }: SplitOutcome,
  busy: ReadonlySet<string> = new Set(),
): number => {
  const group = doc.getXmlFragment(EDITOR_FRAGMENT).toArray().find(isElement)
  if (group === undefined) return 0
  const copied = new Set(blockIds)
  const known = new Map(clocks)
  let left = 0
  doc.transact(() => {
    for (let i = group.length - 1; i >= 0; i--) {
      const block = group.get(i)
      const id = isElement(block) ? block.getAttribute('id') : undefined
      if (!isElement(block) || id === undefined || !copied.has(id)) continue
      if (busy.has(id) || holdsNews(block, known)) left++
      else group.delete(i, 1)
    }
  })
  return left
}

/** The id of the topmost block that something in the text lies in; null for what lies in none. */
export const blockAround = (node: AnyType): string | null => {
  let id: string | null = null
  for (let at: AnyType | null = node; at !== null; at = parentOf(at)) {
    if (isElement(at) && at.nodeName === 'blockContainer') id = at.getAttribute('id') ?? id
  }
  return id
}

/** Of whatever kind its events are. */
// biome-ignore lint/suspicious/noExplicitAny: Yjs' types of types are invariant in their events
type AnyType = Y.AbstractType<any>

const parentOf = (type: AnyType): AnyType | null => (type._item?.parent as AnyType | undefined) ?? null

const isElement = (node: unknown): node is Y.XmlElement => node instanceof Y.XmlElement

/** Whether anything in it was written after these clocks, also what is deleted again. */
const holdsNews = (type: AnyType, clocks: ReadonlyMap<number, number>): boolean => {
  const isNew = (item: Y.Item): boolean =>
    item.id.clock + item.length > (clocks.get(item.id.client) ?? 0) ||
    (item.content instanceof Y.ContentType && holdsNews(item.content.type, clocks))
  for (let item = type._start; item !== null; item = item.right) if (isNew(item)) return true
  for (const item of type._map.values()) if (isNew(item)) return true
  return false
}
