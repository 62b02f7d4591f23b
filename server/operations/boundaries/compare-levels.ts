import type { Id } from '@/lib/ids'
import type { Boundary } from '@/lib/policy/facts'
import { type Level, rankOf } from '@/lib/policy/vocabulary'
import type { OperationContext } from '@/server/operations/run-operation'
import { type PersonAnswer, whoCan } from '@/server/policy/authorize'

export interface LevelChange {
  personId: Id
  from: Level
  to: Level
}

/**
 * Everyone's level on a section at one moment, as if it were not frozen: a change made while it is frozen must show
 * what a thaw would bring.
 * @param hypothetical undefined: under the boundary as it is
 */
export const levelsOf = (
  { tx, at }: Pick<OperationContext, 'tx' | 'at'>,
  sectionId: Id,
  hypothetical?: Boundary | null,
  moment = at.getTime(),
): Promise<PersonAnswer[]> => whoCan(tx, { sectionId }, hypothetical, moment, { ask: 'govern' })

/**
 * Who would have more, and who less, at any of the moments; of each person the first difference of each kind. Both
 * lists name the same moments in the same order. Somebody may stand in both: less now, more later.
 */
export const compareLevels = (before: readonly PersonAnswer[][], after: readonly PersonAnswer[][]) => {
  const gain = new Map<Id, LevelChange>()
  const lose = new Map<Id, LevelChange>()
  for (const [moment, people] of after.entries()) {
    const levels = new Map(before[moment]?.map(({ personId, decision }) => [personId, decision.level]))
    for (const { personId, decision } of people) {
      const from = levels.get(personId) ?? 'none'
      const to = decision.level
      const list = rankOf(to) > rankOf(from) ? gain : rankOf(to) < rankOf(from) ? lose : null
      if (list !== null && !list.has(personId)) list.set(personId, { personId, from, to })
    }
  }
  return { gain: [...gain.values()], lose: [...lose.values()] }
}
