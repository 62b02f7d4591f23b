import { LIMITS } from '@/lib/audit/findings/finding-rules'
import type { Detector } from '@/lib/audit/findings/types'

interface Memory {
  last: number | null
  lastId: string | null
}

const DAY = 86_400_000

/** F-06. */
export const dormant: Detector<Memory> = {
  rule: 'F-06',
  start: () => ({ last: null, lastId: null }),
  see(memory, event, person) {
    if (event.personId !== person.personId) return null
    const { last, lastId } = memory
    memory.last = Math.max(last ?? 0, event.at)
    memory.lastId = event.id
    if (last === null || lastId === null || event.at - last < LIMITS['F-06'].quiet) return null
    return {
      rule: 'F-06',
      ...person,
      documentId: event.documentId,
      sectionId: event.sectionId,
      key: person.personId,
      episode: event.id,
      numbers: { quiet: Math.floor((event.at - last) / DAY), last },
      eventIds: [lastId, event.id],
      from: event.at,
      at: event.at,
    }
  },
}
