import type { Id } from '@/lib/ids'
import type { PersonView } from '@/lib/views/person'
import type { HoldView } from '@/lib/views/retention/erasure'

/** How long events can be searched, and then lie in files before they may be dropped. */
export interface PeriodsView {
  searchableMonths: number
  coldMonths: number
}

export type SegmentState = 'searchable' | 'cold' | 'back' | 'coming' | 'dropped'

/** One month of a workspace's record. Times in ISO 8601, hashes in hex. */
export interface SegmentView {
  /** "2026-03" */
  month: string
  state: SegmentState
  /** Indexes of its first and last event. */
  first: number
  last: number
  /** Of the tree up to its last event. */
  root: string
  /** SHA-256 of its file, once it has one: what a drop is bound to. */
  hash: string | null
  bytes: number | null
  searchableUntil: string
  keptUntil: string
  /** Until when what was brought back stays. */
  backUntil: string | null
  /** Why it could not be brought back. */
  problem: string | null
  can: { bringBack: boolean; drop: boolean; whyNotDrop: string | null }
}

/** What waits for somebody of another agency. */
export interface RetentionRequestView {
  id: Id
  kind: 'shorten' | 'drop'
  month: string | null
  periods: PeriodsView | null
  hash: string
  requestedBy: PersonView | null
  requestedAt: string
  expiresAt: string
  can: { complete: boolean; decline: boolean; why: string | null }
}

export interface RetentionView {
  periods: PeriodsView
  presets: PeriodsView[]
  /** Newest first. */
  segments: SegmentView[]
  requests: RetentionRequestView[]
  holds: HoldView[]
}
