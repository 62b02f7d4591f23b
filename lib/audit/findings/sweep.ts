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
import { type Detector, someOf } from '@/lib/audit/findings/types'
import type { Id } from '@/lib/ids'

interface Memory {
  days: Days
  /** First openings within the window, oldest first; one for each section. */
  recent: { sectionId: Id; eventId: Id; at: number }[]
  /** The sweep that goes on: the event it began with. */
  episode: Id | null
}

/** F-03. A sweep goes on as long as the window stays full; what it has grown to is said, and it is one. */
export const sweep: Detector<Memory> = {
  rule: 'F-03',
  start: () => ({ days: noDays(), recent: [], episode: null }),
  see(memory, event, person) {
    if (event.personId !== person.personId || !isReading(event)) return null
    const { window, sections, sectionsWithoutHistory, timesUsual, activeDays } = LIMITS['F-03']
    addReading(memory.days, event)
    memory.recent = memory.recent.filter(
      ({ at, sectionId }) => at > event.at - window && sectionId !== event.sectionId,
    )
    memory.recent.push({ sectionId: event.sectionId, eventId: event.id, at: event.at })
    const usual = usualBefore(memory.days, dayOf(event.at))
    const known = usual.days >= activeDays
    const limit = known ? Math.max(sections, timesUsual * usual.sections) : sectionsWithoutHistory
    const [first] = memory.recent
    if (memory.recent.length < limit || first === undefined) {
      memory.episode = null
      return null
    }
    memory.episode ??= first.eventId
    return {
      rule: 'F-03',
      ...person,
      documentId: null,
      sectionId: null,
      key: person.personId,
      episode: memory.episode,
      numbers: {
        sections: memory.recent.length,
        span: event.at - first.at,
        ...(known ? { usual: rounded(usual.sections), days: usual.days } : {}),
      },
      eventIds: someOf(memory.recent.map(({ eventId }) => eventId)),
      from: first.at,
      at: event.at,
    }
  },
}
