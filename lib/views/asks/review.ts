import type { Id } from '@/lib/ids'
import type { AgencyView, PersonView } from '@/lib/views/person'

/**
 * `lapsed`: nobody answered in time. `kept`: as lapsed, but nobody would have led the agency's people any more. `gone`: it
 * had ended before it was answered.
 */
export type ReviewDecision = 'confirmed' | 'ended' | 'lapsed' | 'kept' | 'gone'

export interface ReviewItemView {
  id: Id
  kind: 'membership' | 'grant'
  /** Whose leads (of a grant: and stewards) answer. */
  agency: AgencyView
  subject:
    | { kind: 'person'; person: PersonView }
    | { kind: 'org'; agency: AgencyView }
    | { kind: 'group'; name: string; agency: AgencyView }
  /** A role or a level. */
  word: string
  /** Of a grant: what it is on; null for the whole workspace. */
  on: { documentId: Id; sectionId: Id | null; title: string } | null
  since: string
  until: string | null
  decision: ReviewDecision | null
  decidedBy: PersonView | null
  decidedAt: string | null
  note: string | null
  /** Answered by the one whom it is about: there was nobody else. */
  own: boolean
  can: { answer: boolean; why: string | null }
}

export interface ReviewProgress {
  agency: AgencyView
  all: number
  open: number
  confirmed: number
  ended: number
  lapsed: number
  kept: number
  gone: number
}

export interface ReviewSummary {
  id: Id
  title: string
  startedBy: PersonView
  startedAt: string
  dueAt: string
  state: 'running' | 'complete' | 'called_off'
  /** The whole workspace, or one agency's own people and things. */
  scope: 'workspace' | 'agency'
  all: number
  open: number
  /** Of the open ones, those that the reader can answer. */
  mine: number
}

export interface ReviewsView {
  workspaceId: Id
  title: string
  reviews: ReviewSummary[]
  can: { start: boolean; why: string | null }
  /** What a review that this person starts would be about. */
  scope: 'workspace' | 'agency'
}

export interface ReviewView extends ReviewSummary {
  workspaceId: Id
  workspaceTitle: string
  closedAt: string | null
  progress: ReviewProgress[]
  items: ReviewItemView[]
  /** Of other agencies, on what the reader may not know of. */
  unseen: number
  can: { callOff: boolean }
}
