import type { EventType, Outcome } from '@/lib/audit/catalogue'
import type { FindingRule } from '@/lib/audit/findings/finding-rules'
import type { Id } from '@/lib/ids'

/** An event as the detectors see it: ids, a moment, and a hash of where it came from. */
export interface SeenEvent {
  id: Id
  /** Milliseconds since 1970, UTC. */
  at: number
  type: EventType
  outcome: Outcome
  personId: Id | null
  orgId: Id | null
  documentId: Id | null
  sectionId: Id | null
  targetId: Id | null
  /** `<key>:<hash>`: equal for equal networks of one person under one key; null if it is not known any more. */
  network: string | null
}

/** Numbers of a finding by name: counts, moments (ms), ids. What they mean is said by `explain`. */
export type Numbers = Readonly<Record<string, number | string>>

/** Something that a rule found in what one person did. */
export interface Found {
  rule: FindingRule
  personId: Id
  orgId: Id | null
  documentId: Id | null
  sectionId: Id | null
  /** Found again under the same key: it happened again, unless the episode is the same: then it goes on. */
  key: string
  episode: string
  numbers: Numbers
  /** The rows it rests on, oldest first; long ones only say their ends and some between. */
  eventIds: Id[]
  from: number
  at: number
}

/** What changed last on a section or document so that somebody may have got in. */
export interface Opening {
  eventId: Id
  at: number
  personId: Id | null
}

/** What the record says around an event, besides what its person did. */
export interface Around {
  opening: Opening | null
}

/**
 * Looks at one person's events in the order of the tree and remembers what it needs, as JSON. The same events give the same
 * findings: no clock, no randomness.
 */
export interface Detector<Memory> {
  rule: FindingRule
  start(): Memory
  /** An event that the person did, or (leaving) that was done about them. Changes the memory. */
  see(
    memory: Memory,
    event: SeenEvent,
    person: { personId: Id; orgId: Id | null },
    around: Around,
  ): Found | null
}

/** Rows that a finding names at most. */
const MOST_ROWS = 50
export const someOf = (ids: readonly Id[]): Id[] =>
  ids.length <= MOST_ROWS ? [...ids] : [...ids.slice(0, MOST_ROWS - 1), ...ids.slice(-1)]
