import { LIMITS } from '@/lib/audit/findings/finding-rules'
import type { Detector, SeenEvent } from '@/lib/audit/findings/types'
import type { Id } from '@/lib/ids'

interface Memory {
  /** By section or document: the first refusal that still counts, and how many there were. */
  refused: Record<Id, { eventId: Id; at: number; times: number }>
}

const HOUR = 3_600_000
/** Refusals that are remembered at once; whoever tries more than this is found by the refusals themselves. */
const MOST = 100

const isOpening = ({ type }: SeenEvent) => type === 'section.opened' || type === 'document.viewed'

/** F-07. */
export const refusedThenLetIn: Detector<Memory> = {
  rule: 'F-07',
  start: () => ({ refused: {} }),
  see({ refused }, event, person, { opening }) {
    const about = event.sectionId ?? event.documentId
    if (event.personId !== person.personId || about === null || !isOpening(event)) return null
    const { within } = LIMITS['F-07']
    for (const [id, { at }] of Object.entries(refused)) if (event.at - at > within) delete refused[id]
    const before = refused[about]
    if (event.outcome === 'denied') {
      if (before !== undefined) before.times++
      else if (Object.keys(refused).length < MOST)
        refused[about] = { eventId: event.id, at: event.at, times: 1 }
    }
    if (event.outcome !== 'allowed' || before === undefined) return null
    delete refused[about]
    const changed = opening !== null && opening.at >= before.at && opening.at <= event.at ? opening : null
    return {
      rule: 'F-07',
      ...person,
      documentId: event.documentId,
      sectionId: event.sectionId,
      key: `${person.personId} ${about}`,
      episode: event.id,
      numbers: {
        times: before.times,
        hours: Math.round((event.at - before.at) / HOUR),
        ...(changed === null ? {} : { changedAt: changed.at }),
        ...(changed?.personId ? { by: changed.personId } : {}),
      },
      eventIds: [before.eventId, ...(changed === null ? [] : [changed.eventId]), event.id],
      from: before.at,
      at: event.at,
    }
  },
}
