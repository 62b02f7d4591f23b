import type { FindingRule, FindingState, Severity } from '@/lib/audit/findings/finding-rules'
import type { Id } from '@/lib/ids'
import type { RecordRowView } from '@/lib/views/record'

export interface FindingView {
  id: Id
  rule: FindingRule
  title: string
  severity: Severity
  state: FindingState
  person: { id: Id; name: string; orgShortCode: string; orgColour: number } | null
  /** What was found, with its numbers, without the person before it. */
  explanation: string
  /** What it is about, if the rule is about one thing and its name may be known. */
  about: { documentId: Id | null; sectionId: Id | null; title: string | null } | null
  times: number
  /** ISO 8601, UTC. When what was found first began, and when it was found last. */
  firstAt: string
  lastAt: string
}

export interface FindingListView {
  findings: FindingView[]
  /** Of all that the reader may see, whatever the filter says. */
  counts: Record<FindingState, number>
  /** Not listed, because the list would be too long. */
  more: number
}

export interface DispositionView {
  state: FindingState
  by: string
  at: string
  /** Null: erased. */
  note: string | null
}

export interface FindingDetailView {
  finding: FindingView
  /** The entries it rests on, oldest first; those that the reader may see. */
  rows: RecordRowView[]
  dispositions: DispositionView[]
}
