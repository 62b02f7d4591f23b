import type { Id } from '@/lib/ids'
import type { Label } from '@/lib/marking/label'
import type { Handling, Level, Role, SubjectKind } from '@/lib/policy/vocabulary'

/**
 * Everything that `decide` may look at, as one plain value loaded by one loader. Times are milliseconds since the
 * epoch; a validity is half open, [from, until): at `until` it is over. `until: null` means no end.
 * A fact that could not be loaded is absent at run time; then R0 denies.
 */
export interface Validity {
  from: number
  until: number | null
}

export interface SubjectFacts {
  personId: Id
  personState: 'active' | 'suspended'
  orgId: Id
  orgState: 'active' | 'suspended'
  /** Groups of the person's own organisation that the person is in, each with its validity. */
  groups: readonly { id: Id; groupId: Id; validity: Validity }[]
  session: { id: Id; live: boolean; strength: number }
}

export interface WorkspaceFacts {
  id: Id
  state: 'active' | 'archived'
  /** Weakest sign-in that is let in: 1 password, 2 second factor, 3 phishing-resistant. */
  minimumStrength: number
  /** The terms version that every participating organisation must have signed. 0: none are asked for. */
  termsVersion: number
}

export interface ParticipationFacts {
  id: Id
  orgId: Id
  state: 'active' | 'suspended'
  ceiling: Level
  mayExport: boolean
  signedTermsVersion: number
  validity: Validity
}

export interface MembershipFacts {
  id: Id
  role: Role
  validity: Validity
}

export interface Clause {
  id: Id
  subjectKind: SubjectKind
  subjectId: Id
  maxLevel: Level
  validity: Validity
}

/** Absent (null) = inherits. No clauses = nobody. */
export interface Boundary {
  id: Id
  clauses: readonly Clause[]
}

export interface Grant {
  id: Id
  on: 'workspace' | 'document' | 'section'
  subjectKind: SubjectKind
  subjectId: Id
  level: Level
  validity: Validity
}

export interface Deny {
  id: Id
  on: 'workspace' | 'document' | 'section'
  subjectKind: SubjectKind
  subjectId: Id
  validity: Validity
}

/** An emergency look of this person at this section: see `break-glass.ts`. */
export interface BreakGlass {
  id: Id
  validity: Validity
}

/** What limits who may come to an object, whatever was granted: its boundary (R5) and its label (R6, R9). */
export interface Limits {
  id: Id
  label: Label
  boundary: Boundary | null
}

export interface DocumentFacts extends Limits {
  ownerOrgId: Id
  /** R8 caps an archived document's content at read; `govern` (restoring it) ignores that, as it ignores a freeze. */
  archived: boolean
}

export interface SectionFacts extends Limits {
  originatorOrgId: Id
  frozen: boolean
  /** Where its text came from. All of them, also those of its sources: they are written out, not followed. */
  sources: readonly Source[]
}

/**
 * What a section was copied, split or merged from, or the document it was moved out of. While the row is in force, the
 * denies, boundaries and labels there hold here as well: nobody gets more of the text than they let through.
 */
export interface Source {
  /** The row that says so. */
  id: Id
  validity: Validity
  /** Who originated the section, or owns the document. */
  originatorOrgId: Id
  /** The document of the section, as it is now; or the one that the section was moved out of. */
  document: Limits
  section: Limits | null
  /** On this document and this section. */
  denies: readonly Deny[]
}

/**
 * `document` and `section` are null when the question is about the workspace or the document alone.
 * `participation` and `membership` are null when there is none; rows that have ended are not loaded, rows that
 * begin or end later are, so that `nextChange` can say when the answer must be asked for again.
 */
export interface Facts {
  /** The moment that is asked about. */
  at: number
  subject: SubjectFacts
  workspace: WorkspaceFacts
  participation: ParticipationFacts | null
  membership: MembershipFacts | null
  document: DocumentFacts | null
  section: SectionFacts | null
  grants: readonly Grant[]
  denies: readonly Deny[]
  /** Only this person's, and only on this section. */
  breakGlass: readonly BreakGlass[]
}

/** What is asked. Content asks need a level; the other asks are duties that a level alone does not give. */
export type Request =
  | { ask: 'level'; needs: Level }
  | { ask: 'handle'; how: Handling; reason: string }
  /** Confirm a release: never one's own request, never with a key of the same person or organisation. */
  | { ask: 'approve'; requestedBy: Id; firstKey: { personId: Id; orgId: Id } | null }
  /** Add, change or end memberships of people of `orgId`: leads, and only of their own organisation. */
  | { ask: 'members'; orgId: Id }
  /**
   * Rule over the object (boundary, marking, freeze and unfreeze, remove): needs `manage`, which a frozen section
   * does not take away (R8 caps content, not the originator's control); an archived workspace does.
   */
  | { ask: 'govern' }
  /** Read the workspace's record: auditors. */
  | { ask: 'record' }
  /** See the workspace itself: its agencies, people and the documents one may discover. */
  | { ask: 'enter' }

/**
 * What was asked of `decide`, and what it knew that stands nowhere else in the record: with it the decision can be made again
 * from the rows of policy on record. A type, so that it is JSON.
 */
export type Asked = {
  ask: string
  /** Milliseconds since the epoch: the moment that was asked about. */
  at: number
  /** Of the session's sign-in. */
  strength: number
  /** What it was asked about: one of them, or neither for the workspace. The event may be about something that came of it. */
  document?: Id
  section?: Id
  needs?: Level
  how?: string
  /** Whether a reason was stated; never which. */
  reason?: boolean
  requestedBy?: Id
  firstKey?: { person: Id; org: Id } | null
  org?: Id
  /** Decided on facts as they would be after a change that waits: not to be found from what is on record. */
  supposed?: true
}

/**
 * `rule` is the rule that fixed the outcome: the first that denied, else the one that capped the level, else R7.
 * `rows` are the ids of the rows it rests on (a participation, clauses, grants, denies, a membership).
 */
export interface Decision {
  allowed: boolean
  level: Level
  rule: import('@/lib/policy/vocabulary').Rule
  rows: readonly Id[]
  /** Added by whoever puts it on record: `decide` says only what it found. */
  asked?: Asked
}
