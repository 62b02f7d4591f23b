import type { Id } from '@/lib/ids'
import type { Level, SubjectKind } from '@/lib/policy/vocabulary'
import type { BoundaryInput, ClauseInput } from '@/lib/views/boundary'
import type { LabelView } from '@/lib/views/document'
import type { AgencyView, PersonView } from '@/lib/views/person'

/** A section or a document: what can be shared. */
export type SharingRef = { sectionId: Id } | { documentId: Id }

export interface GrantInput {
  subjectKind: SubjectKind
  subjectId: Id
  level: Level
  /** ISO 8601 or null for no end. */
  until: string | null
}

/** What is to be different. A field that is left out stays as it is. */
export interface SharingChange {
  /** null = inherits; [] = nobody. */
  boundary?: BoundaryInput | undefined
  /** `end` names rows that are in force now. */
  grants?: { add: GrantInput[]; end: Id[] } | undefined
  denies?: { add: Omit<GrantInput, 'level'>[]; end: Id[] } | undefined
  /** Id of a label. */
  label?: string | undefined
  /** Of a section only: nobody writes, everyone goes on reading. */
  frozen?: boolean | undefined
  /**
   * Links to what the section's text came from: ended, what is set there limits it no longer. Alone, and by the key of whose
   * thing it came from.
   */
  sources?: { end: Id[] } | undefined
}

interface Named {
  name: string
  agency: AgencyView
}

/** A grant in force on the object itself. */
export interface GivenView extends GrantInput, Named {
  id: Id
  /** ISO 8601. */
  since: string
  /** Who gave it; null for what was there from the beginning. */
  by: string | null
}

export type NamedClause = ClauseInput & Named
export type BlockView = Omit<GivenView, 'level'>

/** Who can see a section or a document, why, and how it can be changed by whoever asks. */
export interface SharingView {
  on: SharingRef
  workspaceId: Id
  documentId: Id
  title: string
  originator: AgencyView
  /** The object's own boundary. Null: it has none. */
  clauses: NamedClause[] | null
  /** Of a section: what its document allows at most, whatever the section says. */
  inherited: { title: string; clauses: NamedClause[] | null } | null
  /** Agencies that may do less here than an editor, whatever anybody gives them. */
  ceilings: { agency: AgencyView; ceiling: Level }[]
  /** For who decides; empty for everybody else. */
  grants: GivenView[]
  denies: BlockView[]
  label: LabelView
  labels: LabelView[]
  /** Null of a document. */
  frozen: boolean | null
  /** Whom a change may name, for who decides. `byRole`: what the person could do if no boundary stood in the way. */
  agencies: AgencyView[]
  groups: { id: Id; name: string; agency: AgencyView }[]
  people: (PersonView & { byRole: Level })[]
  /** Who can see and edit it now, by agency and by name. */
  who: { agency: AgencyView; people: { person: PersonView; level: Level; rule: string }[] }[]
  /** Pending, and visible to whoever asks. */
  releases: ReleaseSummary[]
  can: { change: boolean; why: string | null }
}

/** Somebody who would have more, or less, of one thing: the section, or the document itself (null). */
export interface LevelChangeView {
  person: PersonView
  sectionId: Id | null
  /** Of the section; null for the document itself. */
  title: string | null
  from: Level
  to: Level
  /** Ways of taking it out that a lower marking would open (R9). */
  handling: ('export' | 'print' | 'copy')[]
}

export interface SharingChangeView {
  /** Bound to the exact state before and after: a confirmation with an old hash is refused as a conflict. */
  hash: string
  widens: boolean
  gain: LevelChangeView[]
  lose: LevelChangeView[]
  /** Whose keys a release would need; empty where it acts at once. */
  keys: { originators: AgencyView[]; second: boolean }
  allowed: boolean
  /** Why it would be refused and whom to ask; null when allowed. */
  why: string | null
}

export type SharingOutcome = { applied: true } | { applied: false; releaseId: Id }

export type ReleaseState = 'pending' | 'completed' | 'declined' | 'withdrawn' | 'voided' | 'lapsed'

/** One release in a list. */
export interface ReleaseSummary {
  id: Id
  workspaceId: Id
  documentId: Id | null
  sectionId: Id | null
  /** Of the section or document, for those who may know it or were offered the key to it. */
  title: string | null
  state: ReleaseState
  requestedBy: PersonView
  requestedAt: string
  expiresAt: string
  /** The reader can turn a key of it now. */
  mayTurn: boolean
}

export interface ReleaseView extends ReleaseSummary {
  hash: string
  workspace: { id: Id; title: string }
  gain: LevelChangeView[]
  lose: LevelChangeView[]
  keys: {
    turned: { person: PersonView; purpose: 'originator' | 'second'; at: string }[]
    missing: { originators: AgencyView[]; second: boolean }
  }
  /** Nothing has changed since it was asked for: a key can still be turned. */
  current: boolean
  ended: { by: PersonView | null; at: string; reason: string | null } | null
  can: { turn: boolean; decline: boolean; withdraw: boolean; why: string | null }
}
