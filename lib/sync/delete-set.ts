import { ByteWriter } from '@/lib/sync/byte-writer'
import { type ClockRange, type ClockRanges, rangesOf } from '@/lib/sync/clock-ranges'
import {
  INLINE,
  type ScannedDeletes,
  type ScannedPlace,
  scanStored,
  type UpdateScan,
} from '@/lib/sync/scan-update'
import type { KnownState } from '@/lib/sync/state-vector'

/** What an update deletes, author by author, as half-open ranges of clocks. */
export function* deletedRanges(
  deletes: readonly ScannedDeletes[],
): Iterable<{ client: number; from: number; to: number }> {
  for (const { client, ranges } of deletes) {
    for (let i = 0; i < ranges.length; i += 2) {
      const from = ranges[i] as number
      yield { client, from, to: from + (ranges[i + 1] as number) }
    }
  }
}

/**
 * The update with only those of its deletions that are new: a step 2 repeats all that its sender knows, whoever made them,
 * and what is stored under somebody's name must be theirs. The same object if there is nothing to leave out.
 * @param onTheWay what `known` counts in already and might still not be committed: its deletions are left in, so that none is
 *   lost with it. Then both rows have them, and the first one says whose they are.
 */
export const withoutOldDeletes = (
  scan: UpdateScan,
  known: KnownState,
  onTheWay: () => readonly UpdateScan[],
): UpdateScan => {
  const isRepeat = ({ client, from, to }: { client: number; from: number; to: number }) => {
    const [first] = known.notDeleted(client, from, to)
    return first === undefined || first[0] !== from || first[1] !== to
  }
  if (![...deletedRanges(scan.deletes)].some(isRepeat)) return scan
  const unsure = rangesIn(onTheWay().flatMap(({ deletes }) => deletes))
  const kept = new Map<number, ClockRanges>()
  for (const { client, from, to } of deletedRanges(scan.deletes)) {
    const news = known.notDeleted(client, from, to)
    for (const range of [...news, ...(unsure.get(client)?.within(from, to) ?? [])])
      rangesOf(kept, client).add(...range)
  }
  return withDeletes(scan, kept)
}

/** Deletions by author. */
export type Deletes = ReadonlyMap<number, ClockRanges>

/** Elements of an update with all that it puts into them: what Yjs would delete with them is said in so many words. */
export const withWhatIsInside = (
  { nodes, inline }: UpdateScan,
  elements: readonly ScannedPlace[],
): Map<number, ClockRanges> => {
  const inside = new Map<number, ClockRanges>()
  const holds = (ranges: Deletes, { client, clock }: ScannedPlace) =>
    ranges.get(client)?.covers(clock, clock + 1) ?? false
  const outer = new Map<number, ClockRanges>()
  for (const { client, clock } of elements) rangesOf(outer, client).add(clock, clock + 1)
  for (const { client, clock, length, parent, left, right } of nodes) {
    if (holds(outer, parent) || [parent, left, right].some((place) => holds(inside, place)))
      rangesOf(inside, client).add(clock, clock + length)
  }
  for (let i = 0; i < inline.length; i += INLINE) {
    const [client, clock, length, , atClient, atClock] = inline.slice(i, i + INLINE) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    if (holds(inside, { client: atClient, clock: atClock }))
      rangesOf(inside, client).add(clock, clock + length)
  }
  return union(outer, inside)
}

/** The update with these deletions besides its own. */
export const alsoDeleting = (scan: UpdateScan, more: Deletes): UpdateScan =>
  withDeletes(scan, union(rangesIn(scan.deletes), more))

/** An update that holds nothing but these deletions. */
export const deletesAlone = (deletes: Deletes): Uint8Array => withDeletes(NOTHING, deletes).bytes

const rangesIn = (deletes: readonly ScannedDeletes[]): Map<number, ClockRanges> => {
  const found = new Map<number, ClockRanges>()
  for (const { client, from, to } of deletedRanges(deletes)) rangesOf(found, client).add(from, to)
  return found
}

const union = (one: Deletes, other: Deletes): Map<number, ClockRanges> => {
  const both = new Map<number, ClockRanges>()
  for (const part of [one, other]) {
    for (const [client, ranges] of part)
      for (const range of ranges.within(0, Number.POSITIVE_INFINITY)) rangesOf(both, client).add(...range)
  }
  return both
}

/** The update with these deletions in place of its own. Structs stay as they are, byte for byte. */
const withDeletes = (scan: UpdateScan, kept: Deletes): UpdateScan => {
  const structs = scan.bytes.subarray(0, scan.blocks.at(-1)?.end ?? 1)
  const deletes: ScannedDeletes[] = []
  const writer = new ByteWriter(structs.length + 16)
  writer.raw(structs)
  writer.varUint(kept.size)
  for (const [client, ranges] of kept) {
    const all = ranges.within(0, Number.POSITIVE_INFINITY)
    writer.varUint(client)
    writer.varUint(all.length)
    const flat = all.flatMap(([from, to]: ClockRange) => [from, to - from])
    for (const value of flat) writer.varUint(value)
    deletes.push({ client, ranges: flat })
  }
  return { ...scan, bytes: writer.take(), deletes }
}

const NOTHING = scanStored(Uint8Array.of(0, 0))
