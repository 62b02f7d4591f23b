import { WireError } from '@/lib/sync/byte-reader'
import { type ClockRanges, rangesOf } from '@/lib/sync/clock-ranges'
import { NOWHERE, ROOT, type ScannedNode, type ScannedPlace, type UpdateScan } from '@/lib/sync/scan-update'
import {
  isValueOf,
  mayStandBelow,
  mayStandBelowRoot,
  mayStandOn,
  TEXT_NODE,
  UNKNOWN_NODE,
} from '@/lib/sync/schema/vocabulary'

/** What a struct of the tree is, besides an element by its number. */
export const VALUE = -1
export const DELETED = -2

/** Where it stands: right below the root; in something that is garbage; among letters; else `onElement` or `below`. */
export const BELOW_ROOT = -1
export const GONE = -2
export const AMONG_LETTERS = -3
const STEP = 64
const below = (element: number): number => element
const onElement = (element: number, attribute: number): number => element + STEP * (attribute + 1)

/** What else the section knows: whether a clock holds something deleted, or garbage-collected. */
export interface Remains {
  isDeleted(client: number, from: number, to: number): boolean
  isCollected(client: number, from: number, to: number): boolean
}

export interface Seen {
  clock: number
  length: number
  what: number
  where: number
  /** The element that an element stands in; null at the root, and for all else. */
  holder: Seen | null
}

export interface Finder {
  find(client: number, clock: number): Seen | undefined
}

export const findIn = (seen: readonly Seen[], clock: number): Seen | undefined => {
  let low = 0
  let high = seen.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((seen[middle] as Seen).clock <= clock) low = middle + 1
    else high = middle
  }
  const found = seen[low - 1]
  return found !== undefined && clock < found.clock + found.length ? found : undefined
}

/** What one author adds: the first `seen.length` of the nodes have their places. */
interface Fresh {
  nodes: ScannedNode[]
  seen: Seen[]
  /** It waits for another author's nodes. */
  isOpen: boolean
}

interface Walk {
  own: Fresh
  /** The clock that is needed of it. */
  upTo: number
}

/** The tree with what one update adds to it. */
export class Places implements Finder {
  private readonly fresh = new Map<number, Fresh>()
  /** What the update itself brings as garbage. */
  private readonly collected = new Map<number, ClockRanges>()

  constructor(
    private readonly tree: Finder,
    scan: UpdateScan,
    clockOf: (client: number) => number,
    private readonly remains: Remains,
    private readonly strict: boolean,
  ) {
    const { collected } = scan
    for (let i = 0; i < collected.length; i += 3)
      rangesOf(this.collected, collected[i] as number).add(
        collected[i + 1] as number,
        collected[i + 2] as number,
      )
    for (const node of scan.nodes) {
      const known = clockOf(node.client)
      if (node.clock + node.length <= known) continue
      const news = node.clock < known ? restOf(node, known) : node
      const own = this.fresh.get(node.client)
      if (own === undefined) this.fresh.set(node.client, { nodes: [news], seen: [], isOpen: false })
      else own.nodes.push(news)
    }
    for (const own of this.fresh.values()) this.settle(own)
  }

  *all(): Iterable<{ client: number; seen: Seen }> {
    for (const [client, { seen }] of this.fresh)
      for (const one of seen)
        if (one.what !== DELETED || one.where !== AMONG_LETTERS) yield { client, seen: one }
  }

  find(client: number, clock: number): Seen | undefined {
    const own = this.fresh.get(client)
    return (own === undefined ? undefined : findIn(own.seen, clock)) ?? this.tree.find(client, clock)
  }

  /**
   * Each node's place follows from those of its neighbours, which may be other authors'. Goes the way Yjs goes, with a
   * stack of its own: a document may be a chain of thousands of authors.
   */
  private settle(first: Fresh): void {
    const stack: Walk[] = [{ own: first, upTo: Number.POSITIVE_INFINITY }]
    for (let walk = stack.at(-1); walk !== undefined; walk = stack.at(-1)) {
      const { own, upTo } = walk
      const node = own.nodes[own.seen.length]
      // Only as far as the one below needs: what comes later may wait for that one again.
      const isEnough = node === undefined || node.clock > upTo
      const next = isEnough ? undefined : this.waitsFor(node)
      own.isOpen = next !== undefined
      if (isEnough) stack.pop()
      else if (next !== undefined) stack.push(next)
      else own.seen.push(this.seenOf(node))
    }
  }

  /** Rings were refused before (W-10); one that is stored is cut. */
  private waitsFor({ client, parent, left, right }: ScannedNode): Walk | undefined {
    for (const place of [parent, left, right]) {
      if (place.client < 0 || place.client === client) continue
      const own = this.fresh.get(place.client)
      const next = own?.nodes[own.seen.length]
      if (own !== undefined && next !== undefined && next.clock <= place.clock && !own.isOpen)
        return { own, upTo: place.clock }
    }
    return undefined
  }

  private seenOf(node: ScannedNode): Seen {
    const where = this.placeOf(node)
    const what = node.kind === 'node' ? node.node : node.kind === 'value' ? VALUE : DELETED
    if (this.strict && node.kind !== 'deleted') judgeNode(node, what, where)
    return {
      clock: node.clock,
      length: node.length,
      what,
      where,
      holder: what === VALUE ? null : this.holderOf(node),
    }
  }

  /** An item says its parent only where it has no neighbour: else it is that of its neighbour. */
  private holderOf({ parent, left, right }: ScannedNode): Seen | null {
    if (parent.client >= 0) return this.find(parent.client, parent.clock) ?? null
    for (const { client, clock } of [left, right]) {
      const beside = client >= 0 ? this.find(client, clock) : undefined
      if (beside?.holder) return beside.holder
    }
    return null
  }

  private placeOf({ parent, left, right, key }: ScannedNode): number {
    if (parent.client === ROOT) return BELOW_ROOT
    if (parent.client !== NOWHERE) return this.placeIn(parent, key)
    const beside = left.client === NOWHERE ? undefined : this.placeBeside(left)
    const before = right.client === NOWHERE ? undefined : this.placeBeside(right)
    if (beside === GONE || before === GONE) return GONE
    if (this.strict && beside !== undefined && before !== undefined && beside !== before)
      throw new WireError('W-18', 'between two places')
    return beside ?? before ?? AMONG_LETTERS
  }

  private placeIn(parent: ScannedPlace, key: number): number {
    const there = this.find(parent.client, parent.clock)
    if (there === undefined) {
      const isGone = this.remains.isDeleted(parent.client, parent.clock, parent.clock + 1)
      return isGone || this.isCollected(parent) ? GONE : AMONG_LETTERS
    }
    if (there.what === DELETED) return GONE
    if (there.what < 0 || there.what === TEXT_NODE || there.what === UNKNOWN_NODE) return AMONG_LETTERS
    return key === -1 ? below(there.what) : onElement(there.what, key)
  }

  private placeBeside(place: ScannedPlace): number {
    const there = this.find(place.client, place.clock)
    if (there !== undefined) return there.where
    return this.isCollected(place) ? GONE : AMONG_LETTERS
  }

  private isCollected({ client, clock }: ScannedPlace): boolean {
    const own = this.collected.get(client)
    return own?.covers(clock, clock + 1) || this.remains.isCollected(client, clock, clock + 1)
  }
}

/** What of a run is not here yet: it stands behind what is. */
const restOf = (node: ScannedNode, clock: number): ScannedNode => ({
  ...node,
  clock,
  length: node.clock + node.length - clock,
  left: { client: node.client, clock: clock - 1 },
  right: NO_PLACE,
  parent: NO_PLACE,
})

const NO_PLACE: ScannedPlace = { client: NOWHERE, clock: 0 }

const judgeNode = ({ values }: ScannedNode, what: number, place: number): void => {
  if (place === GONE) return
  if (place === AMONG_LETTERS) throw new WireError('W-18', 'no text, among letters')
  if (place === BELOW_ROOT) {
    if (!mayStandBelowRoot(what)) throw new WireError('W-18', 'not the one element below the root')
    return
  }
  const element = place % STEP
  const attribute = Math.floor(place / STEP) - 1
  if (attribute === -1) {
    if (what === VALUE || !mayStandBelow(element, what))
      throw new WireError('W-18', 'an element out of place')
    return
  }
  if (what !== VALUE) throw new WireError('W-18', 'an element as an attribute')
  if (!mayStandOn(element, attribute)) throw new WireError('W-15', 'an attribute of another element')
  if (!values.every((value) => isValueOf(attribute, value)))
    throw new WireError('W-17', 'a value that an attribute cannot have')
}
