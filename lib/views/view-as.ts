import type { Id } from '@/lib/ids'
import type { Level, Role, Rule } from '@/lib/policy/vocabulary'
import type { LabelView } from '@/lib/views/document'
import type { AgencyView, PersonView } from '@/lib/views/person'

/** A document's structure as somebody else would see it, among what the viewer may know of. */
export interface ViewAsView {
  document: { id: Id; title: string }
  /** As whom; both null: nobody is chosen yet. */
  as: { person: PersonView } | null
  agency: { agency: AgencyView; role: Role } | null
  choices: { people: PersonView[]; agencies: AgencyView[] }
  sections: {
    id: Id
    /** Null where they would not even know of it. */
    title: string | null
    label: LabelView | null
    originator: AgencyView
    /** Of a person one and the same; of an agency what anyone with the role has at least and at most. */
    least: Level
    most: Level
    rule: Rule
    why: string
  }[]
}
