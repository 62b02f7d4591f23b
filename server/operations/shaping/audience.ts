import type { Id } from '@/lib/ids'
import type { Label } from '@/lib/marking/label'
import type { Boundary, Clause } from '@/lib/policy/facts'
import { inForce } from '@/lib/policy/validity'
import type { AudienceView } from '@/lib/views/document'
import type { AgencyView } from '@/lib/views/person'

/**
 * The one chip that says who can see a section: "Everyone here", "CEM · NWS", "3 people", "CEM + 2 people",
 * "Whom CRISIS CELL lets in", "Nobody". People and groups are counted, never named: names belong to the boundary panel.
 * @param boundary the one that fixes it: the section's own, or the document's where the section inherits.
 */
export const audienceOf = (
  boundary: Boundary | null,
  label: Label,
  agencies: ReadonlyMap<Id, AgencyView>,
  at: number,
): AudienceView => {
  if (boundary === null) return everyoneWithin(label)
  const clauses = boundary.clauses.filter((clause) => counts(clause, label, at))
  const named = distinct(clauses, 'org')
    .flatMap((id) => agencies.get(id) ?? [])
    .sort((a, b) => a.name.localeCompare(b.name))
  const parts = [
    named.map((agency) => agency.shortCode).join(' · '),
    counted(distinct(clauses, 'group').length, 'group', 'groups'),
    counted(distinct(clauses, 'person').length, 'person', 'people'),
  ].filter((part) => part !== '')
  if (parts.length === 0) return { kind: 'nobody', text: 'Nobody', agencies: [] }
  const text = parts.join(' + ')
  return {
    kind: named.length > 0 ? 'orgs' : 'people',
    text: hasList(label) ? `${text}, within ${label.id}` : text,
    agencies: named,
  }
}

/** A label of an installation's own may list agencies or people itself: whoever is not among them sees nothing (R6). */
const hasList = ({ orgs, people }: Label): boolean => orgs !== null || people !== null

const everyoneWithin = (label: Label): AudienceView => {
  // Only those whom a boundary names: there is none.
  if (label.named !== null) return { kind: 'nobody', text: 'Nobody', agencies: [] }
  if (!hasList(label)) return { kind: 'everyone', text: 'Everyone here', agencies: [] }
  return {
    kind: label.people === null ? 'orgs' : 'people',
    text: `Whom ${label.id} lets in`,
    agencies: [],
  }
}

/** Under a label for named people (R6) a clause for a whole organisation lets nobody in. */
const counts = (clause: Clause, label: Label, at: number): boolean =>
  inForce(clause.validity, at) &&
  clause.maxLevel !== 'none' &&
  (label.named !== 'people' || clause.subjectKind === 'person')

const distinct = (clauses: readonly Clause[], kind: Clause['subjectKind']): Id[] => [
  ...new Set(clauses.filter((clause) => clause.subjectKind === kind).map((clause) => clause.subjectId)),
]

const counted = (count: number, one: string, many: string): string =>
  count === 0 ? '' : `${count} ${count === 1 ? one : many}`
