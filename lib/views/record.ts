import type { EventType, Outcome } from '@/lib/audit/catalogue'
import type { EventKind } from '@/lib/audit/figures/kind-names'
import type { Id } from '@/lib/ids'
import type { Rule } from '@/lib/policy/vocabulary'

/** All of it together must fit. */
export interface RecordFilter {
  personId?: Id
  orgId?: Id
  documentId?: Id
  sectionId?: Id
  /** The organisation whose sections it was done to. */
  originatorId?: Id
  type?: EventType
  kind?: EventKind
  outcome?: Outcome
  rule?: Rule
  /** ISO 8601, [from, until). */
  from?: string
  until?: string
  /** What is left out. */
  not?: RecordExclusion
}

export interface RecordExclusion {
  personId?: Id[]
  orgId?: Id[]
  documentId?: Id[]
  sectionId?: Id[]
  type?: EventType[]
  kind?: EventKind[]
  outcome?: Outcome[]
  rule?: Rule[]
}

export interface RecordRowView {
  id: Id
  /** ISO 8601, UTC, milliseconds. */
  at: string
  type: EventType
  outcome: Outcome
  rule: string | null
  actor: { id: Id; name: string; orgShortCode: string; orgColour: number } | null
  /** A plain sentence without the actor: "opened Shelters and capacity". */
  sentence: string
  object: { workspaceId: Id | null; documentId: Id | null; sectionId: Id | null; title: string | null }
  /** The canonical record itself, pretty-printed for the details row. */
  canonical: string
}

export interface RecordPageView {
  rows: RecordRowView[]
  /** Opaque; give it back for the next page. Null at the end. */
  next: string | null
}

export interface RecordChoicesView {
  people: { id: Id; name: string; orgShortCode: string }[]
  orgs: { id: Id; name: string }[]
  documents: { id: Id; title: string }[]
  sections: { id: Id; title: string; documentId: Id }[]
}

/** What the desk's first page needs besides its entries. */
export interface RecordDeskView extends RecordChoicesView {
  /** ISO 8601: when the newest sealed head was; null while nothing is sealed. */
  sealedAt: string | null
  /** Months that cannot be searched here: the newest of them ("2026-03"), how many lie in files, how many were dropped. */
  cold: { newest: string; stored: number; dropped: number } | null
}
