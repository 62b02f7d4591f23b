import { LIMITS } from '@/lib/audit/findings/finding-rules'
import { dayOf, isWork } from '@/lib/audit/findings/reading'
import type { Detector } from '@/lib/audit/findings/types'

interface Memory {
  first: number | null
  /** Days with any work in them, and the last of them. */
  days: number
  last: number
  /** By hour of the day in UTC: on how many days there was work, and the last of them. */
  hours: { days: number; last: number }[]
  found: number
}

const HOUR = 3_600_000

/** F-02. An hour is usual if it or one beside it was: a bus that is late is no finding. */
export const unusualHours: Detector<Memory> = {
  rule: 'F-02',
  start: () => ({
    first: null,
    days: 0,
    last: -1,
    hours: Array.from({ length: 24 }, () => ({ days: 0, last: -1 })),
    found: -1,
  }),
  see(memory, event, person) {
    if (event.personId !== person.personId || !isWork(event)) return null
    const { history, activeDays, usualShare } = LIMITS['F-02']
    const day = dayOf(event.at)
    const hour = Math.floor(event.at / HOUR) % 24
    const { first, days } = memory
    const atThisHour = Math.max(...[23, 0, 1].map((beside) => memory.hours[(hour + beside) % 24]?.days ?? 0))
    const enough = first !== null && event.at - first >= history && days >= activeDays
    const unusual = enough && atThisHour < days * usualShare && memory.found !== day
    remember(memory, event.at, day, hour)
    if (!unusual) return null
    memory.found = day
    return {
      rule: 'F-02',
      ...person,
      documentId: event.documentId,
      sectionId: event.sectionId,
      key: person.personId,
      episode: event.id,
      numbers: {
        hour,
        atThisHour,
        days,
        history: Math.floor((event.at - (first ?? event.at)) / (24 * HOUR)),
      },
      eventIds: [event.id],
      from: event.at,
      at: event.at,
    }
  },
}

const remember = (memory: Memory, at: number, day: number, hour: number): void => {
  memory.first ??= at
  if (memory.last !== day) {
    memory.days++
    memory.last = day
  }
  const slot = memory.hours[hour]
  if (slot !== undefined && slot.last !== day) {
    slot.days++
    slot.last = day
  }
}
