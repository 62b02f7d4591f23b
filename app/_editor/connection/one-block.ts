import * as Y from 'yjs'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'

/**
 * A container holds one block. When two people change the kind of the same block at once, a copy that hears of the other's
 * change holds two for a moment, and y-prosemirror, which cannot show that, would delete all of it, for everybody. The
 * server lets the first change stand and takes the second one back; this puts the second one's copy right before its editor
 * looks. Words that only stood in what goes are kept, as a block of their own.
 *
 * Call it before an editor is made: observers are called in the order in which they came.
 * @param mayEdit whoever only reads must change nothing
 * @returns stops it
 */
export const keepOneBlock = (doc: Y.Doc, mayEdit: () => boolean): (() => void) => {
  const root = doc.getXmlFragment(EDITOR_FRAGMENT)
  const onChange = (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) => {
    if (transaction.local || !mayEdit()) return
    const places = events.filter(({ target }) => target === root || nameOf(target) === 'blockContainer')
    if (!places.some(({ target }) => isWrong(target as Y.XmlFragment))) return
    doc.transact(() => {
      for (const event of places) mend(event.target as Y.XmlFragment, (child) => isNewIn(event, child))
    }, keepOneBlock)
  }
  const observer = onChange as Parameters<typeof root.observeDeep>[0]
  root.observeDeep(observer)
  return () => root.unobserveDeep(observer)
}

type IsNew = (child: Y.XmlElement) => boolean

const nameOf = (target: unknown) => (target instanceof Y.XmlElement ? target.nodeName : '')

const isNewIn = ({ changes }: Y.YEvent<Y.AbstractType<unknown>>, { _item }: Y.XmlElement): boolean =>
  _item !== null && changes.added.has(_item)

const childrenOf = (place: Y.XmlFragment) => {
  const all = place.toArray().filter((child) => child instanceof Y.XmlElement)
  const isGroup = ({ nodeName }: Y.XmlElement) => nodeName === 'blockGroup'
  return { groups: all.filter(isGroup), blocks: all.filter((child) => !isGroup(child)) }
}

const isWrong = (place: Y.XmlFragment): boolean => {
  const { groups, blocks } = childrenOf(place)
  return (
    groups.length > 1 || blocks.length > 1 || (blocks.length === 0 && groups.length > 0 && isContainer(place))
  )
}

const isContainer = (place: Y.XmlFragment): place is Y.XmlElement => place instanceof Y.XmlElement

const mend = (place: Y.XmlFragment, isNew: IsNew): void => {
  const { groups, blocks } = childrenOf(place)
  // What the server has just sent is there for everybody.
  const [block, ...otherBlocks] = newestFirst(blocks, isNew)
  const [group, ...otherGroups] = newestFirst(groups, isNew)
  for (const other of otherGroups) {
    group?.push(other.toArray().map((child) => child.clone() as Y.XmlElement))
    remove(place, other)
  }
  for (const other of otherBlocks) {
    if (isContainer(place) && block !== undefined && wordsOf(other) !== wordsOf(block))
      putBehind(place, other)
    remove(place, other)
  }
  if (isContainer(place) && block === undefined && group !== undefined)
    place.insert(0, [new Y.XmlElement('paragraph')])
}

const newestFirst = (all: readonly Y.XmlElement[], isNew: IsNew): Y.XmlElement[] => [
  ...all.filter(isNew),
  ...all.filter((child) => !isNew(child)),
]

const wordsOf = (block: Y.XmlElement): string => block.toArray().join('')

const remove = (place: Y.XmlFragment, child: Y.XmlElement): void =>
  place.delete(place.toArray().indexOf(child), 1)

const putBehind = (container: Y.XmlElement, block: Y.XmlElement): void => {
  const group = container.parent
  if (!(group instanceof Y.XmlElement)) return
  const kept = new Y.XmlElement('blockContainer')
  kept.setAttribute('id', crypto.randomUUID())
  kept.insert(0, [block.clone() as Y.XmlElement])
  group.insert(group.toArray().indexOf(container) + 1, [kept])
}
