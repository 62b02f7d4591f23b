import type { Id } from '@/lib/ids'
import type { Label } from '@/lib/marking/label'
import { brokenGlass } from '@/lib/policy/break-glass'
import type { Boundary, Facts, Limits, Request, Source } from '@/lib/policy/facts'
import type { Finding } from '@/lib/policy/finding'
import { names } from '@/lib/policy/naming'
import { roleLevel } from '@/lib/policy/role-level'
import { sourcesInForce } from '@/lib/policy/sources/sources-in-force'
import { inForce } from '@/lib/policy/validity'
import { higher, type Level, lower } from '@/lib/policy/vocabulary'

/** R5-R9: what may this person do with this content? Each returns null when it has nothing to say. */

/** Where limits hold: an object, or a source of it; and who is asking. */
export interface Place extends Pick<Facts, 'subject' | 'at'> {
  document: Limits | null
  section: Limits | null
}

/** R5. The document's boundary, then the section's: each must name the person; never above what its clauses give. */
export const boundaryLetsIn = (facts: Place): Finding | null => {
  const outer = facts.document?.boundary ?? null
  const inner = facts.section?.boundary ?? null
  const byDocument = outer === null ? null : withinBoundary(outer, facts)
  if (inner === null || byDocument?.cap === 'none') return byDocument
  const bySection = withinBoundary(inner, facts)
  if (byDocument === null || bySection.cap === 'none') return bySection
  return { cap: lower(byDocument.cap, bySection.cap), rows: [...byDocument.rows, ...bySection.rows] }
}

const withinBoundary = (boundary: Boundary, { subject, at }: Place): Finding => {
  let cap: Level = 'none'
  const rows: Id[] = []
  for (const clause of boundary.clauses) {
    if (!names(clause, subject, at)) continue
    cap = higher(cap, clause.maxLevel)
    rows.push(clause.id)
  }
  return { cap, rows: rows.length === 0 ? [boundary.id] : rows }
}

/** R6. A label may ask that the boundary names the person one by one, or at least the organisation; or be for some alone. */
export const markingIsMet = (facts: Place): Finding | null => {
  const { document, section } = facts
  if (document === null) return null
  if (!isFor(document.label, facts)) return denies(null)
  if (!isNamedFor(document.label, document.boundary, facts)) return denies(document.boundary)
  if (section === null) return null
  if (!isFor(section.label, facts)) return denies(null)
  const boundary = section.boundary ?? document.boundary
  return isNamedFor(section.label, boundary, facts) ? null : denies(boundary)
}

/** A label with a list is for those on it alone, whatever the boundary says: an empty list lets nobody in. */
const isFor = ({ orgs, people }: Label, { subject }: Place): boolean =>
  (orgs === null || orgs.includes(subject.orgId)) && (people === null || people.includes(subject.personId))

const isNamedFor = (label: Label, boundary: Boundary | null, { subject, at }: Place): boolean => {
  if (label.named === null) return true
  for (const clause of boundary?.clauses ?? []) {
    if ((label.named === 'orgs' || clause.subjectKind === 'person') && names(clause, subject, at)) return true
  }
  return false
}

const denies = (boundary: Boundary | null): Finding => ({
  cap: 'none',
  rows: boundary === null ? [] : [boundary.id],
})

/** R7. What the membership's role gives, or more where a grant names the person. Without a membership: nothing. */
export const somethingIsGranted = (facts: Facts, request: Request): Finding => {
  const { membership, subject, document, section, at } = facts
  if (membership === null || !inForce(membership.validity, at)) return { cap: 'none', rows: [] }
  const { role } = membership
  if (request.ask === 'approve' && role !== 'lead' && role !== 'steward') {
    return { cap: 'none', rows: [membership.id] }
  }
  const owner = section?.originatorOrgId ?? document?.ownerOrgId ?? null
  let cap = roleLevel(role, owner === subject.orgId)
  const rows: Id[] = [membership.id]
  for (const grant of facts.grants) {
    if (grant.on === 'section' && section === null) continue
    if (grant.on === 'document' && document === null) continue
    if (!names(grant, subject, at)) continue
    cap = higher(cap, grant.level)
    rows.push(grant.id)
  }
  return { cap, rows }
}

/**
 * R8. At most read in an archived workspace, an archived document, a frozen section. The originator's rule over a
 * frozen section or an archived document stays (else nobody could thaw it), as do the keys of a release; an archived
 * workspace stops that too.
 */
export const stateAllows = ({ workspace, document, section }: Facts, { ask }: Request): Finding | null => {
  if (workspace.state === 'archived') return { cap: 'read', rows: [workspace.id] }
  if (ask === 'govern' || ask === 'approve') return null
  if (document?.archived) return { cap: 'read', rows: [document.id] }
  return section?.frozen ? { cap: 'read', rows: [section.id] } : null
}

/** R9. Taking content out: the participation and every label must allow it, with a stated reason where one is asked. */
export const handlingIsAllowed = (facts: Facts, request: Request): boolean => {
  if (request.ask !== 'handle') return true
  if (facts.document === null || !facts.participation?.mayExport) return false
  // What is seen through broken glass is seen there and goes nowhere.
  if (brokenGlass(facts).length > 0) return false
  const reasonIsGiven = request.reason.trim() !== ''
  const allows = (label: Label) =>
    label[request.how] === 'yes' || (label[request.how] === 'reason' && reasonIsGiven)
  const bothAllow = ({ document, section }: Pick<Source, 'document' | 'section'>) =>
    allows(document.label) && (section === null || allows(section.label))
  return (
    bothAllow({ document: facts.document, section: facts.section }) &&
    sourcesInForce(facts).every((source) => bothAllow(source))
  )
}
