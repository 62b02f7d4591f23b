import type { Id } from '@/lib/ids'
import type { AgencyView, PersonView } from '@/lib/views/person'
import type { SharingChange, SharingRef } from '@/lib/views/sharing'

/** What can end by itself. `clause`: of a boundary; `deny`: a block; `group`: a place in a group. */
export type EndingKind = 'membership' | 'participation' | 'grant' | 'deny' | 'clause' | 'group'

/** What one click does. A renewal of sharing is previewed and confirmed as any other change of sharing. */
export type RenewalView =
  | { by: 'membership'; membershipId: Id; until: string }
  | { by: 'group'; groupId: Id; personId: Id; until: string }
  | { by: 'sharing'; on: SharingRef; change: SharingChange; until: string }

export interface EndingView {
  rowId: Id
  kind: EndingKind
  /** ISO 8601. */
  until: string
  subject:
    | { kind: 'person'; person: PersonView }
    | { kind: 'org'; agency: AgencyView }
    | { kind: 'group'; name: string; agency: AgencyView }
  /** What it is on, for those who may know it; null for the workspace itself. */
  on: { documentId: Id; sectionId: Id | null; title: string } | null
  /** The name of a group, a role, a level. */
  word: string | null
  renewal: RenewalView | null
  /** Why there is nothing to click, and whom to ask; null when there is. */
  why: string | null
}

export interface EndingsView {
  workspaceId: Id
  title: string
  endings: EndingView[]
}
