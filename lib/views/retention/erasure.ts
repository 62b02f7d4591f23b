import type { Id } from '@/lib/ids'
import type { PersonView } from '@/lib/views/person'

/** Somebody who can no longer sign in, and what would be gone for ever. */
export interface ErasablePersonView {
  id: Id
  name: string
  email: string
  /** Personal values of the record that nobody could open any more. */
  values: number
  sessions: number
  invitations: number
  /** In force; they would end. */
  memberships: number
  /** What stands in the way, and whom to ask. */
  hold: { id: Id; kind: HoldKind; ask: string } | null
}

export interface ErasureView {
  people: ErasablePersonView[]
  /** Newest first. ISO 8601. */
  erased: { id: Id; at: string }[]
  holds: HoldView[]
}

export type HoldKind = 'workspace' | 'person' | 'organisation'

/** A hold that is in force. Times in ISO 8601. */
export interface HoldView {
  id: Id
  kind: HoldKind
  /** What the subject is called now. */
  subject: string
  reason: string
  placedBy: PersonView | null
  placedAt: string
  /** Somebody has asked to lift it, and a second person has not agreed yet. */
  lifting: { by: PersonView | null; at: string } | null
  can: { lift: boolean; why: string | null }
}
