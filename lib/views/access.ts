import type { Id } from '@/lib/ids'
import type { Handling, Level, Rule } from '@/lib/policy/vocabulary'
import type { AgencyView, PersonView } from '@/lib/views/person'

/** Who could see something at one moment, by agency and by name. */
export interface AccessView {
  /** Of the section or document; null for auditors, who know it by id. */
  title: string | null
  kind: 'section' | 'document'
  /** ISO 8601: the moment that is told of. */
  at: string
  /** `self`: the asker does not rule over it, and is told only of themselves. */
  about: 'everyone' | 'self'
  /** False: at that moment it was not there yet, or was deleted. */
  existed: boolean
  agencies: { agency: AgencyView; people: AccessRowView[] }[]
  /** People with a role who could not see it; of many only the first are listed. */
  without: { count: number; people: AccessRowView[] }
}

export interface AccessRowView {
  person: PersonView
  level: Level
  rule: Rule
  /** The rule's reason in a few words. */
  why: string
}

/** Every rule in order, with what it said of one person and the rows that it rests on. */
export interface TraceView {
  person: PersonView
  at: string
  level: Level
  /** The rule that fixed the level. */
  rule: Rule
  steps: {
    rule: Rule
    said: 'passed' | 'capped' | 'denied'
    cap: Level | null
    rows: RowView[]
  }[]
  /** Ways to take the content out (R9). */
  handling: Record<Handling, 'yes' | 'reason' | 'no'>
}

/** One row that a rule rests on. */
export interface RowView {
  id: Id
  words: string
  /** Who granted it, as far as the asker may know: a person of an agency, or the agency alone. */
  by: { name: string | null; agency: AgencyView } | null
  /** ISO 8601; null where the row has no beginning or end of its own. */
  from: string | null
  until: string | null
}

/** Who gained and who lost between two moments, by which change. */
export interface AccessDifferenceView {
  from: string
  until: string
  gained: AccessChangeView[]
  lost: AccessChangeView[]
}

export interface AccessChangeView {
  person: PersonView
  before: Level
  after: Level
  /** What changed it, in the order of time. `event` null: a date passed. */
  causes: {
    at: string
    before: Level
    after: Level
    event: { id: Id; words: string; by: string | null } | null
  }[]
}
