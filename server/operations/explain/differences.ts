import type { Id } from '@/lib/ids'
import type { Level } from '@/lib/policy/vocabulary'

/** Everyone's level at a moment, in milliseconds since the epoch; who is not named has none. */
export type LevelsAt = (moment: number) => Promise<ReadonlyMap<Id, Level>>

interface Step<Cause> {
  before: Level
  after: Level
  /** Everything that happened at that moment: their effects cannot be told apart. Never empty. */
  causes: readonly Cause[]
}

export interface Difference<Cause> {
  personId: Id
  before: Level
  after: Level
  steps: Step<Cause>[]
}

/** So often everyone is asked about at most: then the last moment of a stretch stands for all of it. */
const MOST_LOOKS = 400

/**
 * Whose level is different at `until` than at `from`, with the causes that made it so. Halves the list of moments as
 * long as anybody differs between the ends, so that most of them are never asked about.
 * @param causes in the order of time; at its own moment a cause has had its effect
 */
export const differences = async <Cause extends { at: number }>(
  levelsAt: LevelsAt,
  from: number,
  until: number,
  causes: readonly Cause[],
): Promise<Difference<Cause>[]> => {
  const first = await levelsAt(from)
  const last = await levelsAt(until)
  const found = new Map<Id, Difference<Cause>>()
  for (const personId of new Set([...first.keys(), ...last.keys()])) {
    const [before, after] = [first.get(personId) ?? 'none', last.get(personId) ?? 'none']
    if (before !== after) found.set(personId, { personId, before, after, steps: [] })
  }
  let looks = 2
  const search = async (
    list: readonly (readonly [Cause, ...Cause[]])[],
    before: ReadonlyMap<Id, Level>,
    after: ReadonlyMap<Id, Level>,
  ): Promise<void> => {
    const differ = [...found.keys()].filter((id) => (before.get(id) ?? 'none') !== (after.get(id) ?? 'none'))
    const causes = list.at(-1)
    if (differ.length === 0 || causes === undefined) return
    const half = Math.ceil(list.length / 2)
    const middle = list[half - 1]
    if (list.length === 1 || looks >= MOST_LOOKS || middle === undefined) {
      for (const id of differ) {
        found
          .get(id)
          ?.steps.push({ before: before.get(id) ?? 'none', after: after.get(id) ?? 'none', causes })
      }
      return
    }
    looks++
    const between = await levelsAt(middle[0].at)
    await search(list.slice(0, half), before, between)
    await search(list.slice(half), between, after)
  }
  await search(byMoment(causes), first, last)
  return [...found.values()]
}

const byMoment = <Cause extends { at: number }>(causes: readonly Cause[]): [Cause, ...Cause[]][] => {
  const moments: [Cause, ...Cause[]][] = []
  for (const cause of causes) {
    const last = moments.at(-1)
    if (last?.[0].at === cause.at) last.push(cause)
    else moments.push([cause])
  }
  return moments
}
