import type { EventType } from '@/lib/audit/catalogue'
import type { Id } from '@/lib/ids'
import type { RowView } from '@/lib/views/access'
import type { RecordFilter, RecordRowView } from '@/lib/views/record'

/** The answer to a question: entries counted by person, object, kind of event … */
export interface RecordGroupsView {
  /** Most entries first. */
  groups: RecordGroupView[]
  /** How many entries were counted. */
  entries: number
  /** False: there are more, and only the newest were counted. */
  isWhole: boolean
}

export interface RecordGroupView {
  /** Null: nobody signed in, nothing in particular. */
  key: string | null
  name: string
  agency: { shortCode: string; colour: number } | null
  entries: number
  refused: number
  /** ISO 8601. */
  first: string
  last: string
  /** How often what happened; most first. */
  types: { type: EventType; entries: number }[]
  /** What narrows the entries to this group. */
  only: RecordFilter
}

/** Something that a filter can name, found by its name. */
export interface FoundView {
  kind: 'person' | 'org' | 'document' | 'section'
  id: Id
  name: string
  /** An agency's short code, a section's document. */
  of: string | null
}

export interface SavedSearchView {
  id: Id
  name: string
  /** "?person=…": as it stands in the address of the desk. */
  query: string
}

/** Newest first; what came since the last call, and a little of what the caller has already. */
export interface RecordTailView {
  rows: RecordRowView[]
  /** Give it back at the next call: the moment of the newest entry. */
  since: string | null
}

/** One entry with its proof, to keep as a file. */
export interface TakenEntryView {
  name: string
  /** JSON lines: see `lib/audit/bundle`. */
  text: string
}

/** Everything that is on record of one event, in words. */
export interface RecordEventView {
  row: RecordRowView
  /** Names and values of what is recorded, personal values left out. */
  fields: { name: string; value: string }[]
  /** Which personal values lie beside the record, without the values; or when, and why, they were taken away for ever. */
  personal: { name: string; gone: { at: string; because: 'erased' | 'retention' } | null }[]
  /** What was otherwise before; null where there was or is nothing. */
  changes: { name: string; before: string | null; after: string | null }[]
  decision: { rule: string; level: string; why: string | null; rows: RowView[] } | null
  /** Others of the same request, connection or burst, newest first. */
  together: RecordRowView[]
  /** Its place in the tree; null until it is sequenced. */
  place: { tree: string; entry: number; size: number } | null
  /** By how many agencies of those that count a head that holds it is sealed; null while none is. */
  seal: { by: number; of: number; at: string } | null
}
