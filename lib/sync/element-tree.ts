import { WireError } from '@/lib/sync/byte-reader'
import {
  AMONG_LETTERS,
  BELOW_ROOT,
  DELETED,
  type Finder,
  findIn,
  GONE,
  Places,
  type Remains,
  type Seen,
} from '@/lib/sync/element-places'
import { INLINE, type ScannedPlace, type UpdateScan } from '@/lib/sync/scan-update'
import { slotIn, TEXT_NODE } from '@/lib/sync/schema/vocabulary'

/** A place where only one element of its kind may stand, into which an update put one or more. */
export interface Crowd {
  newcomers: ScannedPlace[]
  /** What had taken the place before, deleted ones too. */
  before: ScannedPlace[]
}

/**
 * What of a section is no letter: elements, texts as a whole, attributes, each with the kind of place that it stands in.
 * Enough to say of an update whether the editor could show what it adds, without building a document: an element where
 * the schema has no room for it makes the editors of everybody else delete it and what is around it, under their names.
 */
export class ElementTree {
  private readonly seen = new Map<number, Seen[]>()

  /**
   * @param clockOf each author's next clock before this update
   * @throws WireError W-15, W-17, W-18
   */
  judge(scan: UpdateScan, clockOf: (client: number) => number, remains: Remains): void {
    const places = scan.nodes.length === 0 ? this : new Places(this, scan, clockOf, remains, true)
    const { inline } = scan
    for (let i = 0; i < inline.length; i += INLINE) {
      const client = inline[i] as number
      const clock = inline[i + 1] as number
      const known = clockOf(client)
      if (clock >= known) judgeInline(places, inline, i, remains)
      // Its beginning is here already: what is new of it stands behind that, whatever it says itself.
      else if (clock + (inline[i + 2] as number) > known && isAmongElements(places.find(client, known - 1)))
        throw new WireError('W-18', 'text that goes on from an element')
    }
  }

  /**
   * Takes in what an update adds. What is not understood was stored before there were rules, and is left out.
   * @returns what of it stands where only one may stand
   */
  add(scan: UpdateScan, clockOf: (client: number) => number, remains: Remains): Crowd[] {
    if (scan.nodes.length === 0) return []
    const crowds = new Map<Seen | null, Crowd[]>()
    const fresh = new Set<Seen>()
    for (const { client, seen } of new Places(this, scan, clockOf, remains, false).all()) {
      const known = this.seen.get(client)
      if (known === undefined) this.seen.set(client, [seen])
      else if ((known.at(-1)?.clock ?? -1) < seen.clock) known.push(seen)
      fresh.add(seen)
      if (slotOf(seen) !== -1) crowdOf(crowds, seen).newcomers.push({ client, clock: seen.clock })
    }
    this.findBefore(crowds, fresh)
    return [...crowds.values()].flatMap((slots) => Object.values(slots))
  }

  /**
   * Looks at every element once, whatever the update brings; and not at all where all is new, as when a line is begun or a
   * chapter is pasted: nothing can have been in it before.
   */
  private findBefore(crowds: ReadonlyMap<Seen | null, Crowd[]>, fresh: ReadonlySet<Seen>): void {
    if (![...crowds.keys()].some((holder) => holder === null || !fresh.has(holder))) return
    for (const [client, all] of this.seen) {
      for (const seen of all) {
        const slot = slotOf(seen)
        if (slot === -1 || fresh.has(seen)) continue
        crowds.get(seen.holder)?.[slot]?.before.push({ client, clock: seen.clock })
      }
    }
  }

  find(client: number, clock: number): Seen | undefined {
    const seen = this.seen.get(client)
    return seen === undefined ? undefined : findIn(seen, clock)
  }
}

const slotOf = ({ where, what, holder }: Seen): number =>
  where === BELOW_ROOT ? slotIn(null, what) : holder === null ? -1 : slotIn(holder.what, what)

const crowdOf = (crowds: Map<Seen | null, Crowd[]>, seen: Seen): Crowd => {
  const slots = crowds.get(seen.holder) ?? []
  crowds.set(seen.holder, slots)
  const slot = slotOf(seen)
  const crowd = slots[slot] ?? { newcomers: [], before: [] }
  slots[slot] = crowd
  return crowd
}

const isAmongElements = (there: Seen | undefined): boolean =>
  there !== undefined && there.where !== AMONG_LETTERS && there.where !== GONE

const judgeInline = (places: Finder, inline: readonly number[], at: number, remains: Remains): void => {
  const client = inline[at + 4] as number
  const clock = inline[at + 5] as number
  const there = places.find(client, clock)
  if (inline[at + 3] === 0) {
    if (!isAmongElements(there)) return
  } else if (there === undefined ? remains.isDeleted(client, clock, clock + 1) : isText(there.what)) return
  throw new WireError('W-18', 'text outside of a text')
}

const isText = (what: number): boolean => what === TEXT_NODE || what === DELETED
