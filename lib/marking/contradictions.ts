import type { Id } from '@/lib/ids'
import type { Label } from '@/lib/marking/label'
import type { Boundary, Clause } from '@/lib/policy/facts'

/** What a label says and a boundary does otherwise. */
export interface Contradiction {
  kind: 'nobody_is_named' | 'not_one_by_one' | 'several_agencies' | 'not_on_the_list'
  /** The clauses that would agree with the label; null where somebody has to choose whom to name. */
  keep: readonly Clause[] | null
}

/** FIRST: "TLP:AMBER+STRICT restricts sharing to the organization only." */
const ONE_ORGANISATION = 'TLP:AMBER+STRICT'

/**
 * Where a boundary and a label do not agree, the label is enforced (R6) and the boundary names people who get nothing, or
 * more agencies than the label's own words allow. Tells the first that is found, or null.
 * @param boundary the one that counts: the object's own, or what it inherits
 * @param orgOf the organisation of whom a clause names; undefined where it is not known
 */
export const contradictionOf = (
  label: Label,
  boundary: Boundary | null,
  originatorOrgId: Id,
  orgOf: (clause: Clause) => Id | undefined,
): Contradiction | null => {
  const clauses = boundary?.clauses ?? []
  const found = (kind: Contradiction['kind'], keep: readonly Clause[]): Contradiction => ({
    kind,
    keep: keep.length === 0 ? null : keep,
  })
  if (label.named !== null && clauses.length === 0) return found('nobody_is_named', [])
  if (label.named === 'people' && clauses.some(({ subjectKind }) => subjectKind !== 'person')) {
    return found(
      'not_one_by_one',
      clauses.filter(({ subjectKind }) => subjectKind === 'person'),
    )
  }
  const isListed = (clause: Clause): boolean =>
    (label.orgs?.includes(orgOf(clause) ?? '') ?? true) &&
    (clause.subjectKind !== 'person' || (label.people?.includes(clause.subjectId) ?? true))
  if (clauses.some((clause) => !isListed(clause))) return found('not_on_the_list', clauses.filter(isListed))
  if (label.id !== ONE_ORGANISATION) return null
  if (new Set(clauses.map(orgOf)).size < 2) return null
  return found(
    'several_agencies',
    clauses.filter((clause) => orgOf(clause) === originatorOrgId),
  )
}
