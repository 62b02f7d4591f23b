import type { Id } from '@/lib/ids'
import type { Level } from '@/lib/policy/vocabulary'
import type { PersonView } from '@/lib/views/person'
import type { SharingChange, SharingChangeView, SharingRef } from '@/lib/views/sharing'

/** `waiting`: approved, and its release waits for the second key. */
export type RequestState = 'pending' | 'waiting' | 'approved' | 'declined' | 'withdrawn' | 'lapsed'

/** One's own request. What was asked for is named only once one may know it: hidden and missing look alike. */
export interface MyRequestView {
  id: Id
  askedFor: Id
  on: { documentId: Id; sectionId: Id | null; title: string } | null
  level: Level
  until: string | null
  reason: string
  state: RequestState
  createdAt: string
  lapsesAt: string
  /** What was said when it was answered. */
  answer: { at: string; reason: string | null; level: Level | null; until: string | null } | null
  can: { withdraw: boolean; remind: boolean }
}

/** A request as those see it who can answer it. */
export interface RequestView {
  id: Id
  workspaceId: Id
  person: PersonView
  on: { documentId: Id; sectionId: Id | null; title: string }
  level: Level
  until: string | null
  reason: string
  createdAt: string
  state: 'pending' | 'waiting'
  /** The release that the approval waits for. */
  releaseId: Id | null
  can: { answer: boolean; why: string | null }
}

export interface RequestsView {
  workspaceId: Id
  title: string
  requests: RequestView[]
}

/** Exactly what an approval would do. `reaches`: what the person could do then; `why`: what keeps them below the level. */
export interface ApprovalView {
  on: SharingRef
  change: SharingChange
  preview: SharingChangeView
  reaches: Level
  why: string | null
}
