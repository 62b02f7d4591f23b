import type { EventType, Outcome } from '@/lib/audit/catalogue'
import type { Id } from '@/lib/ids'

export interface RecordFilter {
  personId?: Id
  orgId?: Id
  documentId?: Id
  sectionId?: Id
  type?: EventType
  outcome?: Outcome
  /** ISO 8601, [from, until). */
  from?: string
  until?: string
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
