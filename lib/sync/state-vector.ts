import { ByteReader, WireError } from '@/lib/sync/byte-reader'
import { ByteWriter } from '@/lib/sync/byte-writer'
import { type ClockRange, type ClockRanges, rangesOf } from '@/lib/sync/clock-ranges'
import { type Deletes, withWhatIsInside } from '@/lib/sync/delete-set'
import { type Crowd, ElementTree } from '@/lib/sync/element-tree'
import { LIMITS } from '@/lib/sync/limits'
import { beginsAt, type ScannedBlock, type ScannedPlace, type UpdateScan } from '@/lib/sync/scan-update'

/** What a section holds, known by scanning: each author's next clock, and what is deleted. No document is built. */
export class KnownState {
  readonly clocks = new Map<number, number>()
  private readonly deleted = new Map<number, ClockRanges>()
  private readonly collected = new Map<number, ClockRanges>()
  private readonly tree = new ElementTree()

  clockOf(client: number): number {
    return this.clocks.get(client) ?? 0
  }

  isDeleted(client: number, from: number, to: number): boolean {
    return this.deleted.get(client)?.covers(from, to) ?? false
  }

  isCollected(client: number, from: number, to: number): boolean {
    return this.collected.get(client)?.covers(from, to) ?? false
  }

  /** True if an update holds structs that are not here yet. */
  hasNewStructs(scan: UpdateScan): boolean {
    return scan.blocks.some((block) => block.to > this.clockOf(block.client))
  }

  hasNewDeletes(scan: UpdateScan): boolean {
    return scan.deletes.some(({ client, ranges }) => {
      for (let i = 0; i < ranges.length; i += 2) {
        const from = ranges[i] as number
        if (!this.isDeleted(client, from, from + (ranges[i + 1] as number))) return true
      }
      return false
    })
  }

  /** What of the clocks [from, to) is not deleted yet. */
  notDeleted(client: number, from: number, to: number): ClockRange[] {
    return this.deleted.get(client)?.outside(from, to) ?? [[from, to]]
  }

  /** Whether all that an update deletes is deleted already or lies in one of these ranges, by author. */
  deletesOnly(scan: UpdateScan, allowed: readonly ReadonlyMap<number, ClockRanges>[]): boolean {
    return scan.deletes.every(({ client, ranges }) => {
      const all = [this.deleted, ...allowed].flatMap((by) => by.get(client) ?? [])
      for (let i = 0; i < ranges.length; i += 2) {
        const end = (ranges[i] as number) + (ranges[i + 1] as number)
        for (let at = ranges[i] as number; at < end; ) {
          const next = Math.max(...all.map((one) => one.reach(at)), at)
          if (next === at) return false
          at = next
        }
      }
      return true
    })
  }

  /** True if a struct hangs on something deleted: Yjs may delete it on arrival without anybody saying so. */
  hangsOnDeleted(scan: UpdateScan): boolean {
    for (let i = 0; i < scan.needs.length; i += 3) {
      const clock = scan.needs[i + 2] as number
      if (this.isDeleted(scan.needs[i + 1] as number, clock, clock + 1)) return true
    }
    return false
  }

  /** @throws WireError W-09 … W-11, W-15, W-17, W-18 if the update does not fit onto what is here. */
  checkFits(scan: UpdateScan): void {
    const after = new Map<number, number>()
    for (const block of scan.blocks) {
      const { client, from, to } = block
      const known = this.clockOf(client)
      if (from > known) throw new WireError('W-09', 'clock gap')
      if (from < known && known < to) this.checkOverlap(scan, block, known)
      after.set(client, Math.max(known, to))
    }
    const end = (client: number) => after.get(client) ?? this.clockOf(client)
    for (let i = 0; i < scan.needs.length; i += 3) {
      if ((scan.needs[i + 2] as number) >= end(scan.needs[i + 1] as number))
        throw new WireError('W-10', 'unknown dependency')
    }
    if (scan.blocks.length > 1) assertNoRing(scan, this)
    for (const { client, ranges } of scan.deletes) {
      for (let i = 0; i < ranges.length; i += 2) {
        if ((ranges[i] as number) + (ranges[i + 1] as number) > end(client))
          throw new WireError('W-11', 'deletes what does not exist')
      }
    }
    this.tree.judge(scan, (client) => this.clockOf(client), this)
  }

  /** A struct that is here in part must continue a struct: on a garbage-collected one Yjs throws. */
  private checkOverlap(scan: UpdateScan, block: ScannedBlock, known: number): void {
    if (this.collected.get(block.client)?.covers(known - 1, known) && !beginsAt(scan, block, known))
      throw new WireError('W-10', 'continues what was garbage-collected')
  }

  /**
   * Takes in what was just accepted. Where it puts a second element into a place for one (two people change the kind of the
   * same block at once), every editor would delete all that is around it: the newcomer counts as deleted.
   * @returns what must be deleted with the update, so that no editor ever sees both; null: nothing
   */
  addNew(scan: UpdateScan): Deletes | null {
    const isLive = ({ client, clock }: ScannedPlace) => !this.isDeleted(client, clock, clock + 1)
    const surplus: ScannedPlace[] = []
    for (const { newcomers, before } of this.take(scan)) {
      const live = newcomers.filter(isLive)
      for (const one of before.some(isLive) ? live : live.slice(1)) surplus.push(one)
    }
    if (surplus.length === 0) return null
    const deletes = withWhatIsInside(scan, surplus)
    for (const [client, ranges] of deletes)
      for (const range of ranges.within(0, Number.POSITIVE_INFINITY))
        rangesOf(this.deleted, client).add(...range)
    return deletes
  }

  /** Takes in what is stored. */
  add(scan: UpdateScan): void {
    this.take(scan)
  }

  private take(scan: UpdateScan): Crowd[] {
    const crowds = this.tree.add(scan, (client) => this.clockOf(client), this)
    for (const { client, to } of scan.blocks) if (to > this.clockOf(client)) this.clocks.set(client, to)
    for (let i = 0; i < scan.collected.length; i += 3) {
      const [client, from, to] = scan.collected.slice(i, i + 3) as [number, number, number]
      rangesOf(this.collected, client).add(from, to)
    }
    for (const { client, ranges } of scan.deletes) {
      const deleted = rangesOf(this.deleted, client)
      for (let i = 0; i < ranges.length; i += 2) {
        const from = ranges[i] as number
        deleted.add(from, from + (ranges[i + 1] as number))
      }
    }
    return crowds
  }

  encode(): Uint8Array {
    const writer = new ByteWriter(16 + this.clocks.size * 10)
    writer.varUint(this.clocks.size)
    for (const [client, clock] of this.clocks) {
      writer.varUint(client)
      writer.varUint(clock)
    }
    return writer.take()
  }
}

/**
 * Structs of several authors in one update must not wait for each other in a ring: Yjs would hold them back for ever,
 * with whatever they carry. Goes the way Yjs goes: into what a struct hangs on, and back. Every need is seen once.
 * @throws WireError W-10
 */
const assertNoRing = ({ blocks, needs }: UpdateScan, known: KnownState): void => {
  const walks = new Map(blocks.map((block) => [block.client, { block, at: block.needsFrom, open: false }]))
  const ready = (client: number) => {
    const walk = walks.get(client)
    if (walk === undefined || walk.at >= walk.block.needsTo) return Number.POSITIVE_INFINITY
    return Math.max(known.clockOf(client), needs[walk.at] as number)
  }
  for (const first of walks.values()) {
    const stack = [first]
    for (let walk = stack.at(-1); walk !== undefined; walk = stack.at(-1)) {
      const { block } = walk
      const below = stack.at(-2)
      // Only as far as the one below needs: what comes later may hang on that one again.
      const isEnough = below !== undefined && (needs[below.at + 2] as number) < ready(block.client)
      walk.open = walk.at < block.needsTo && !isEnough
      if (!walk.open) {
        stack.pop()
        continue
      }
      const client = needs[walk.at + 1] as number
      const other = walks.get(client)
      if (client === block.client || other === undefined || (needs[walk.at + 2] as number) < ready(client))
        walk.at += 3
      else if (other.open) throw new WireError('W-10', 'structs that wait for each other')
      else stack.push(other)
    }
  }
}

/** A client's state vector (sync step 1). @throws WireError W-01 … W-04. */
export const readStateVector = (bytes: Uint8Array): Map<number, number> => {
  const reader = new ByteReader(bytes)
  const clocks = new Map<number, number>()
  for (let left = reader.varUint(LIMITS.stateVectorClients); left > 0; left--) {
    const client = reader.varUint(LIMITS.clientId)
    clocks.set(client, reader.varUint(LIMITS.clock))
  }
  reader.done()
  return clocks
}
