import { LIMITS } from '@/lib/audit/findings/finding-rules'
import type { Detector } from '@/lib/audit/findings/types'

interface Memory {
  networks: string[]
  events: number
}

/** Networks that are remembered; the oldest are forgotten first. */
const MOST = 200

/** F-01. The first network of all is where somebody starts, and is not found. */
export const newNetwork: Detector<Memory> = {
  rule: 'F-01',
  start: () => ({ networks: [], events: 0 }),
  see(memory, event, person) {
    const { network } = event
    if (event.personId !== person.personId || network === null || event.outcome !== 'allowed') return null
    const before = memory.events
    memory.events++
    if (memory.networks.includes(network)) return null
    // Hashes under another key say nothing about this one: with a new key everybody starts anew.
    memory.networks = memory.networks.filter((one) => keyOf(one) === keyOf(network))
    const known = memory.networks.length
    memory.networks.push(network)
    memory.networks.splice(0, Math.max(0, memory.networks.length - MOST))
    if (known === 0 || before < LIMITS['F-01'].knownEvents) return null
    return {
      rule: 'F-01',
      ...person,
      documentId: event.documentId,
      sectionId: event.sectionId,
      key: `${person.personId} ${network}`,
      episode: event.id,
      numbers: { known, events: before },
      eventIds: [event.id],
      from: event.at,
      at: event.at,
    }
  },
}

/** "<key>:<hash>" */
const keyOf = (network: string): string => network.slice(0, network.indexOf(':'))
