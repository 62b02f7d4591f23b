/** [from, to) */
export type ClockRange = [from: number, to: number]

/** Sorted, disjoint, half-open ranges of clocks. */
export class ClockRanges {
  private starts: number[] = []
  private ends: number[] = []

  /** Index of the first range that ends at or after `clock`. */
  private seek(clock: number): number {
    let low = 0
    let high = this.ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.ends[middle] as number) < clock) low = middle + 1
      else high = middle
    }
    return low
  }

  covers(from: number, to: number): boolean {
    const at = this.seek(from + 1)
    const start = this.starts[at]
    return start !== undefined && start <= from && to <= (this.ends[at] as number)
  }

  /** Where the range ends that holds the clock; the clock itself if none does. */
  reach(clock: number): number {
    const at = this.seek(clock + 1)
    const start = this.starts[at]
    return start !== undefined && start <= clock ? (this.ends[at] as number) : clock
  }

  /** What of [from, to) lies in these ranges. */
  within(from: number, to: number): ClockRange[] {
    const found: ClockRange[] = []
    for (let at = this.seek(from + 1); (this.starts[at] ?? to) < to; at++)
      found.push([Math.max(this.starts[at] as number, from), Math.min(this.ends[at] as number, to)])
    return found
  }

  /** What of [from, to) lies in none of them. */
  outside(from: number, to: number): ClockRange[] {
    const found: ClockRange[] = []
    let clock = from
    for (const [start, end] of this.within(from, to)) {
      if (start > clock) found.push([clock, start])
      clock = end
    }
    if (clock < to) found.push([clock, to])
    return found
  }

  add(from: number, to: number): void {
    const first = this.seek(from)
    let start = from
    let end = to
    let last = first
    while (last < this.starts.length && (this.starts[last] as number) <= to) {
      start = Math.min(start, this.starts[last] as number)
      end = Math.max(end, this.ends[last] as number)
      last++
    }
    this.starts.splice(first, last - first, start)
    this.ends.splice(first, last - first, end)
  }
}

/** An author's ranges, made where there are none yet. */
export const rangesOf = (all: Map<number, ClockRanges>, client: number): ClockRanges => {
  let ranges = all.get(client)
  if (ranges === undefined) {
    ranges = new ClockRanges()
    all.set(client, ranges)
  }
  return ranges
}
