import type { Id } from '@/lib/ids'
import type { Facts, Request } from '@/lib/policy/facts'
import { HANDLINGS, type Handling, type Level, rankOf } from '@/lib/policy/vocabulary'
import type { Planned } from '@/server/operations/sharing/hypothesis'
import { askAlso } from '@/server/policy/authorize'
import type { Concerned, Hypothesis } from '@/server/policy/who-can'

export interface LevelChange {
  personId: Id
  orgId: Id
  /** The section, or null for the document itself. */
  sectionId: Id | null
  originatorOrgId: Id
  from: Level
  to: Level
  /** Ways of taking it out that are open after and were not before. */
  handling: Handling[]
}

/**
 * Who would have more, and who less, of what, at any of the moments; of each person and thing the first difference of
 * each kind. Somebody may stand in both: less now, more later. Compared is what a thaw would bring (R8), so that
 * nothing is let in behind a freeze; and where the freeze itself changes, also what it takes and gives back.
 * @param moments of each moment, everyone on the object and on all below it, as it is
 */
export const compareLevels = (
  moments: readonly Concerned[][],
  after: Hypothesis,
  { label, frozen, change }: Pick<Planned, 'label' | 'frozen' | 'change'>,
) => {
  const gain = new Map<string, LevelChange>()
  const lose = new Map<string, LevelChange>()
  const requests: Request[] = [{ ask: 'govern' }, ...(frozen === undefined ? [] : [NOW])]
  for (const { sectionId, originatorOrgId, people } of moments.flat()) {
    for (const { personId, orgId, facts } of people) {
      const changed = after(facts)
      const handling = label === undefined && change.sources === undefined ? [] : opened(facts, changed)
      for (const request of requests) {
        const from = askAlso({ facts }, request).level
        const to = askAlso({ facts: changed }, request).level
        const list =
          rankOf(to) > rankOf(from) || handling.length > 0 ? gain : rankOf(to) < rankOf(from) ? lose : null
        const key = `${personId} ${sectionId}`
        if (list !== null && !list.has(key))
          list.set(key, { personId, orgId, sectionId, originatorOrgId, from, to, handling })
      }
    }
  }
  return { gain: [...gain.values()], lose: [...lose.values()] }
}

const NOW: Request = { ask: 'level', needs: 'discover' }

/** With a reason and without: a label that stops asking for one opens a way as well. */
const opened = (before: Facts, after: Facts): Handling[] =>
  HANDLINGS.filter((how) =>
    ['', 'stated'].some(
      (reason) =>
        askAlso({ facts: after }, { ask: 'handle', how, reason }).allowed &&
        !askAlso({ facts: before }, { ask: 'handle', how, reason }).allowed,
    ),
  )

/**
 * What an event says of a change: people, not things. `raised` of those who gain had all of it at a lower
 * level before, `lowered` of those who lose keep all of it at one.
 */
export const peopleCounts = ({
  gain,
  lose,
}: {
  gain: readonly LevelChange[]
  lose: readonly LevelChange[]
}) => {
  const people = (changes: readonly LevelChange[]) => new Set(changes.map(({ personId }) => personId)).size
  const raised = people(gain) - people(gain.filter(({ from }) => from === 'none'))
  const lowered = people(lose) - people(lose.filter(({ to }) => to === 'none'))
  return {
    gain: people(gain),
    lose: people(lose),
    ...(raised > 0 ? { raised } : {}),
    ...(lowered > 0 ? { lowered } : {}),
  }
}
