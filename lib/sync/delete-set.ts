import { ByteWriter } from '@/lib/sync/byte-writer'
import { type ClockRange, type ClockRanges, rangesOf } from '@/lib/sync/clock-ranges'
import type { ScannedDeletes, UpdateScan } from '@/lib/sync/scan-update'
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
  const unsure = new Map<number, ClockRanges>()
  for (const { deletes } of onTheWay())
    for (const { client, from, to } of deletedRanges(deletes)) rangesOf(unsure, client).add(from, to)
  const kept = new Map<number, ClockRanges>()
  for (const { client, from, to } of deletedRanges(scan.deletes)) {
    const news = known.notDeleted(client, from, to)
    for (const range of [...news, ...(unsure.get(client)?.within(from, to) ?? [])])
      rangesOf(kept, client).add(...range)
  }
  return withDeletes(scan, kept)
}

/** The update with these deletions in place of its own. Structs stay as they are, byte for byte. */
export const withDeletes = (scan: UpdateScan, kept: ReadonlyMap<number, ClockRanges>): UpdateScan => {
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
