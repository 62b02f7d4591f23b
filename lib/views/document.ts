import type { Id } from '@/lib/ids'
import type { Level } from '@/lib/policy/vocabulary'
import type { ClauseInput } from '@/lib/views/boundary'
import type { AgencyView } from '@/lib/views/person'

export interface LabelView {
  id: string
  rank: number
  colours: { text: string; background: string }
  meaning: string
}

/** One chip: who can see the section. "Everyone here" / "County · Weather" / "3 people" / "Nobody". */
export interface AudienceView {
  kind: 'everyone' | 'orgs' | 'people' | 'nobody'
  text: string
  agencies: AgencyView[]
}

/** The boundary that agrees with a marking, as a change of sharing takes it. */
export interface MarkingFix {
  words: string
  boundary: (Omit<ClauseInput, 'maxLevel'> & { maxLevel: Exclude<Level, 'none'> })[]
}

export interface SectionView {
  id: Id
  title: string
  label: LabelView
  originator: AgencyView
  audience: AudienceView
  frozen: boolean
  /** ISO 8601; until then open tabs may bring back text that a restored backup does not know. Null: they may not. */
  reseedUntil: string | null
  /** My emergency look at it, while it is in force. */
  glass: { id: Id; until: string } | null
  /** What I may do. `discover` alone shows the heading with a sentence, no editor. */
  level: Level
  /** Why I cannot edit, for people; null when I can. */
  readOnlyWhy: string | null
  /** The marking and the boundary do not agree: told to those who rule over it, with the boundary that would. */
  contradiction: { why: string; fix: MarkingFix | null } | null
  can: {
    edit: boolean
    rename: boolean
    move: boolean
    freeze: boolean
    unfreeze: boolean
    reseed: boolean
    remove: boolean
    mark: boolean
    seeBoundary: boolean
    setBoundary: boolean
    breakGlass: boolean
    /** Look at what a copy of it would be; R9 is asked then. */
    copy: boolean
    /** Put it into another document, as its originator's lead or steward. */
    transfer: boolean
    split: boolean
    /** Make one section of it and the next. */
    merge: boolean
  }
}

export interface DocumentView {
  id: Id
  workspace: { id: Id; title: string }
  title: string
  owner: AgencyView
  archived: boolean
  template: boolean
  starred: boolean
  /** Of its own boundary: who may see what of it is not shut further. Null for whoever may not look at that. */
  audience: AudienceView | null
  /** Highest label among what this viewer can see. */
  label: LabelView
  /** Labels that may be chosen when a section is marked. */
  labels: LabelView[]
  /** Only what the viewer may discover, in order, without gaps or numbers. */
  sections: SectionView[]
  can: { rename: boolean; addSection: boolean; archive: boolean; duplicate: boolean }
}
