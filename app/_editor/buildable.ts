import * as Y from 'yjs'

/**
 * Keeps a section's text such that the editor can build it. When two people change the type of one block at once, each
 * puts a new block where the old one was, and then two stand in one container: the editor's binding would delete the
 * container, with all the text in it, on every screen. Of such blocks the first in Yjs' order stays: that order is the
 * same in every copy, so all copies keep the same one; what was typed only into another of them is lost. A container
 * with nested blocks and no block of its own gets an empty paragraph.
 *
 * It lasts as long as the document. Call it before the editor is mounted: observers run in the order in which they came,
 * and a transaction inside one takes effect at once.
 * @param mayWrite false for readers, whose copies must not write
 */
export const keepBuildable = (fragment: Y.XmlFragment, mayWrite: () => boolean): void => {
  const mend = (containers: Iterable<Y.XmlElement>) => {
    if (!mayWrite()) return
    fragment.doc?.transact(() => {
      for (const container of containers) mendContainer(container)
    })
  }
  const onChange = (events: Y.YEvent<Y.AbstractType<unknown>>[]) => {
    const broken = events.flatMap(({ target }) => (isContainer(target) && isBroken(target) ? [target] : []))
    if (broken.length > 0) mend(broken)
  }
  const all = [...fragment.createTreeWalker(isContainer)] as Y.XmlElement[]
  mend(all.filter(isBroken))
  fragment.observeDeep(onChange)
}

const isContainer = (type: unknown): type is Y.XmlElement =>
  type instanceof Y.XmlElement && type.nodeName === 'blockContainer'

/** Places of the blocks among a container's children, and whether blocks are nested in it. */
const childrenOf = (container: Y.XmlElement): { blocks: number[]; hasGroup: boolean } => {
  const names = container.toArray().map((child) => (child instanceof Y.XmlElement ? child.nodeName : ''))
  return {
    blocks: names.flatMap((name, at) => (name === 'blockGroup' ? [] : [at])),
    hasGroup: names.includes('blockGroup'),
  }
}

const isBroken = (container: Y.XmlElement): boolean => {
  if (container._item?.deleted) return false
  const { blocks, hasGroup } = childrenOf(container)
  return blocks.length > 1 || (blocks.length === 0 && hasGroup)
}

const mendContainer = (container: Y.XmlElement): void => {
  const { blocks } = childrenOf(container)
  if (blocks.length === 0) container.insert(0, [new Y.XmlElement('paragraph')])
  for (const at of blocks.slice(1).reverse()) container.delete(at)
}
