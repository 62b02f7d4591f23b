import type { Id } from '@/lib/ids'
import type { Level, SubjectKind } from '@/lib/policy/vocabulary'
import type { AgencyView, PersonView } from '@/lib/views/person'

export interface ClauseInput {
  subjectKind: SubjectKind
  subjectId: Id
  maxLevel: Level
  /** ISO 8601 or null for no end. */
  until: string | null
}

/** null = inherit from the document ("everyone here"); [] = nobody. */
export type BoundaryInput = ClauseInput[] | null

export interface BoundaryView {
  sectionId: Id
  title: string
  originator: AgencyView
  clauses: (ClauseInput & { name: string; agency: AgencyView })[] | null
  /** Whom a clause may name: the workspace's agencies, their groups, their people. */
  agencies: AgencyView[]
  people: PersonView[]
  /** Who can see and edit it now, by agency and by name. */
  who: { agency: AgencyView; people: { person: PersonView; level: Level; rule: string }[] }[]
  can: { set: boolean; why: string | null }
}

export interface BoundaryChangeView {
  /** Bound to the exact state before and after: `set` with an old hash is refused as a conflict. */
  hash: string
  widens: boolean
  gain: { person: PersonView; from: Level; to: Level }[]
  lose: { person: PersonView; from: Level; to: Level }[]
  allowed: boolean
  /** Why it would be refused and whom to ask; null when allowed. */
  why: string | null
}
