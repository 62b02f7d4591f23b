import { LIMITS } from '@/lib/audit/findings/finding-rules'
import {
  addReading,
  type Days,
  dayOf,
  isReading,
  noDays,
  rounded,
  usualBefore,
} from '@/lib/audit/findings/reading'
import type { Detector, SeenEvent } from '@/lib/audit/findings/types'
import type { Id } from '@/lib/ids'

interface Memory {
  days: Days
}

const DAY = 86_400_000

/** F-05. Looks back when somebody leaves, or their agency does. */
export const beforeLeaving: Detector<Memory> = {
  rule: 'F-05',
  start: () => ({ days: noDays() }),
  see({ days }, event, person) {
    if (event.personId === person.personId && isReading(event)) addReading(days, event)
    if (!isLeaving(event, person)) return null
    const { before, sections, timesUsual, activeDays } = LIMITS['F-05']
    const today = dayOf(event.at)
    const unusual = days.kept
      .filter((one) => one.day <= today && one.day >= today - before / DAY && one.sections >= sections)
      .map((one) => ({ ...one, usual: usualBefore(days, one.day) }))
      .filter(
        ({ usual, sections: opened }) => usual.days >= activeDays && opened >= timesUsual * usual.sections,
      )
      .sort((a, b) => b.sections - a.sections || a.day - b.day)
    const [worst] = unusual
    if (worst === undefined) return null
    return {
      rule: 'F-05',
      ...person,
      documentId: null,
      sectionId: null,
      key: person.personId,
      episode: event.id,
      numbers: {
        sections: worst.sections,
        usual: rounded(worst.usual.sections),
        days: worst.usual.days,
        daysBefore: today - worst.day,
      },
      eventIds: [...new Set([worst.first, worst.last, event.id])],
      from: worst.day * DAY,
      at: event.at,
    }
  },
}

const isLeaving = (event: SeenEvent, { personId, orgId }: { personId: Id; orgId: Id | null }): boolean =>
  event.outcome === 'allowed' &&
  ((event.type === 'membership.ended' && event.targetId === personId) ||
    ((event.type === 'participation.ended' || event.type === 'participation.left') &&
      orgId !== null &&
      event.targetId === orgId))
