import type { EventType, Outcome } from '@/lib/audit/catalogue'
import type { Id } from '@/lib/ids'
import type { Asked } from '@/lib/policy/facts'
import type { Level, Rule } from '@/lib/policy/vocabulary'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Who acted. Null ids only where nobody is signed in (a refused sign-in, the first set-up). */
export interface EventActor {
  personId: Id | null
  orgId: Id | null
  sessionId: Id | null
}

export interface EventObject {
  workspaceId?: Id
  documentId?: Id
  sectionId?: Id
  /** A person, organisation, membership, boundary, session … that the event is about. */
  targetId?: Id
}

/** What the caller of `append` says. Ids are opaque; nothing here is content and nothing names a person. */
export interface EventDraft {
  type: EventType
  outcome: Outcome
  actor: EventActor
  object: EventObject
  decision?: { rule: Rule; level: Level; rows: readonly Id[]; asked?: Asked }
  before?: Json
  after?: Json
  /** Exact counts: frames, bytes, rows shown … */
  volume?: Record<string, number>
  /** Joins the events of one request, connection or burst. */
  correlation?: string
  /** Personal data (an address, a typed e-mail). Only salted commitments enter the record; these lie beside it. */
  clear?: Record<string, Json>
  /** Plain facts that fit nowhere else: a reason code, a role, a filter. Never content. */
  details?: Record<string, Json>
}
