import type { Detector } from '@/lib/audit/findings/types'

interface Memory {
  before: number
}

/** F-08. */
export const glass: Detector<Memory> = {
  rule: 'F-08',
  start: () => ({ before: 0 }),
  see(memory, event, person) {
    if (event.personId !== person.personId) return null
    if (event.type !== 'break_glass.opened' || event.outcome !== 'allowed') return null
    const { before } = memory
    memory.before++
    return {
      rule: 'F-08',
      ...person,
      documentId: event.documentId,
      sectionId: event.sectionId,
      key: `${person.personId} ${event.sectionId ?? ''}`,
      episode: event.id,
      numbers: { before },
      eventIds: [event.id],
      from: event.at,
      at: event.at,
    }
  },
}
