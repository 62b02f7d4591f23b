import type { Id } from '@/lib/ids'
import type { LabelView } from '@/lib/views/document'
import type { AgencyView, PersonView } from '@/lib/views/person'

/** What is to be done with what; the document is where it goes to, or of a duplicate the one it is made of. */
export type CopyPlan =
  | { how: 'copy' | 'split' | 'move'; sectionId: Id; documentId: Id }
  | { how: 'merge'; sectionId: Id; nextSectionId: Id; documentId: Id }
  | { how: 'duplicate'; documentId: Id }

/** Shown before anything is confirmed. */
export interface CopyPreview {
  /** How many sections would be made or moved. */
  sections: number
  /** Of a duplicate: what the actor sees and may not copy, by title. */
  leftOut: string[]
  /** The highest of what is made. */
  label: LabelView
  originators: AgencyView[]
  /** Originals go, because the actor rules over both. */
  removesOriginals: boolean
  /** A label asks for a reason. */
  asksReason: boolean
  /** Who would see the place, but not all of this. Null for guests: they are not told of others. */
  withoutAccess: PersonView[] | null
  /** Why it would be refused and whom to ask; null when allowed. */
  why: string | null
}

export interface SplitOutcome {
  sectionId: Id
  /** The editor's ids of the blocks that are in the new section now, in order. */
  blockIds: string[]
  /** How far each clientID had written when they were copied: a block that holds anything newer must stay. */
  clocks: [clientId: number, clock: number][]
}
