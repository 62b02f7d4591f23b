import type { Id } from '@/lib/ids'
import type { Level } from '@/lib/policy/vocabulary'
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

export interface SectionView {
  id: Id
  title: string
  label: LabelView
  originator: AgencyView
  audience: AudienceView
  frozen: boolean
  /** ISO 8601; until then open tabs may bring back text that a restored backup does not know. Null: they may not. */
  reseedUntil: string | null
  /** What I may do. `discover` alone shows the heading with a sentence, no editor. */
  level: Level
  /** Why I cannot edit, for people; null when I can. */
  readOnlyWhy: string | null
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
  }
}

export interface DocumentView {
  id: Id
  workspace: { id: Id; title: string }
  title: string
  owner: AgencyView
  archived: boolean
  starred: boolean
  /** Highest label among what this viewer can see. */
  label: LabelView
  /** Labels that may be chosen when a section is marked. */
  labels: LabelView[]
  /** Only what the viewer may discover, in order, without gaps or numbers. */
  sections: SectionView[]
  can: { rename: boolean; addSection: boolean; archive: boolean }
}
