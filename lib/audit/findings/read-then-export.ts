import { LIMITS } from '@/lib/audit/findings/finding-rules'
import { isExport, isReading } from '@/lib/audit/findings/reading'
import { type Detector, someOf } from '@/lib/audit/findings/types'
import type { Id } from '@/lib/ids'

interface Memory {
  recent: { sectionId: Id; eventId: Id; at: number }[]
}

/** F-04. */
export const readThenExport: Detector<Memory> = {
  rule: 'F-04',
  start: () => ({ recent: [] }),
  see(memory, event, person) {
    if (event.personId !== person.personId) return null
    const { window, sections } = LIMITS['F-04']
    memory.recent = memory.recent.filter(({ at }) => at > event.at - window)
    if (isReading(event)) {
      memory.recent = memory.recent.filter(({ sectionId }) => sectionId !== event.sectionId)
      memory.recent.push({ sectionId: event.sectionId, eventId: event.id, at: event.at })
    }
    const [first] = memory.recent
    if (!isExport(event) || first === undefined || memory.recent.length < sections) return null
    const last = memory.recent.at(-1) ?? first
    return {
      rule: 'F-04',
      ...person,
      documentId: event.documentId,
      sectionId: event.sectionId,
      key: `${person.personId} ${event.documentId ?? ''}`,
      episode: event.id,
      numbers: { sections: memory.recent.length, span: event.at - first.at, after: event.at - last.at },
      eventIds: someOf([...memory.recent.map(({ eventId }) => eventId), event.id]),
      from: first.at,
      at: event.at,
    }
  },
}
