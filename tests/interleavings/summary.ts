import { type Interleaved, KINDS } from '@/tests/interleavings/interleave'

/** How often things came out on either side of the revoking commit, for one kind. */
export const summaryOf = (kind: string, all: readonly Interleaved[]) => {
  const mine = all.filter((one) => one.kind === kind)
  const count = (fits: (one: Interleaved) => boolean) => mine.filter(fits).length
  return {
    kind,
    interleavings: mine.length,
    wroteBefore: count(({ writesBefore }) => writesBefore > 0),
    writeRefused: count(({ writesRefused }) => writesRefused > 0),
    readBefore: count(({ readBefore }) => readBefore),
    readRefused: count(({ readRefused }) => readRefused),
    takenBefore: count(({ takenBefore }) => takenBefore),
    takenRefused: count(({ takenRefused }) => takenRefused),
    problems: mine.reduce((sum, { problems }) => sum + problems.length, 0),
  }
}

export const summaries = (all: readonly Interleaved[]) => KINDS.map((kind) => summaryOf(kind, all))
