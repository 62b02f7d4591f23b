import type { Label } from '@/lib/marking/label'
import type { Boundary, Facts, Limits, Request, Source, Validity } from '@/lib/policy/facts'
import { type Level, ROLES, type Role, rankOf } from '@/lib/policy/vocabulary'

/**
 * R0. True only when every fact that a rule may look at is there and has a shape that the rules understand. The types
 * promise that already; this is for what types cannot hold: a column that came back null, a label that no set knows,
 * a word that a newer server wrote. An unknown word must never be read as "no restriction".
 */
export const factsAreKnown = (facts: Facts): boolean =>
  Number.isFinite(facts.at) &&
  isSubject(facts.subject) &&
  isWorkspace(facts.workspace) &&
  isParticipation(facts.participation) &&
  isMembership(facts.membership) &&
  isDocument(facts.document) &&
  isSection(facts.section) &&
  (facts.section === null || facts.document !== null) &&
  areGrants(facts.grants) &&
  areDenies(facts.denies) &&
  areLooks(facts.breakGlass)

/** A question that nobody defined is answered like a fact that nobody knows. */
export const requestIsKnown = (request: Request): boolean => {
  switch (request.ask) {
    case 'level':
      return isLevel(request.needs)
    case 'handle':
      return (
        (request.how === 'export' || request.how === 'print' || request.how === 'copy') &&
        typeof request.reason === 'string'
      )
    case 'approve':
      return (
        isText(request.requestedBy) &&
        (request.firstKey === null || (isText(request.firstKey.personId) && isText(request.firstKey.orgId)))
      )
    case 'members':
      return isText(request.orgId)
    case 'govern':
    case 'record':
    case 'enter':
      return true
    default:
      return false
  }
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.length > 0
/** By type, not by presence: "constructor" is present in every object. */
const isLevel = (value: Level): boolean => typeof rankOf(value) === 'number'
const isRole = (value: Role): boolean => ROLES.includes(value)
const isState = (value: string): boolean => value === 'active' || value === 'suspended'
const isValidity = (value: Validity): boolean =>
  Number.isFinite(value.from) && (value.until === null || Number.isFinite(value.until))

const isSubject = (subject: Facts['subject']): boolean =>
  isText(subject.personId) &&
  isText(subject.orgId) &&
  isState(subject.personState) &&
  isState(subject.orgState) &&
  typeof subject.session.live === 'boolean' &&
  Number.isFinite(subject.session.strength) &&
  areGroups(subject.groups)

const isWorkspace = (workspace: Facts['workspace']): boolean =>
  isText(workspace.id) &&
  (workspace.state === 'active' || workspace.state === 'archived') &&
  Number.isFinite(workspace.minimumStrength) &&
  Number.isFinite(workspace.termsVersion)

const isParticipation = (row: Facts['participation']): boolean =>
  row === null ||
  (isText(row.id) &&
    isText(row.orgId) &&
    isState(row.state) &&
    isLevel(row.ceiling) &&
    typeof row.mayExport === 'boolean' &&
    Number.isFinite(row.signedTermsVersion) &&
    isValidity(row.validity))

const isMembership = (row: Facts['membership']): boolean =>
  row === null || (isText(row.id) && isRole(row.role) && isValidity(row.validity))

const isDocument = (document: Facts['document']): boolean =>
  document === null ||
  (isText(document.id) &&
    isText(document.ownerOrgId) &&
    typeof document.archived === 'boolean' &&
    isLabel(document.label) &&
    isBoundary(document.boundary))

const isSection = (section: Facts['section']): boolean =>
  section === null ||
  (isText(section.id) &&
    isText(section.originatorOrgId) &&
    typeof section.frozen === 'boolean' &&
    isLabel(section.label) &&
    isBoundary(section.boundary) &&
    areSources(section.sources))

const areLimits = ({ label, boundary }: Limits): boolean => isLabel(label) && isBoundary(boundary)

const isSource = (row: Source): boolean =>
  isText(row.id) &&
  isText(row.originatorOrgId) &&
  isValidity(row.validity) &&
  areLimits(row.document) &&
  (row.section === null || areLimits(row.section)) &&
  areDenies(row.denies)

const isLabel = (label: Label): boolean =>
  (label.named === null || label.named === 'orgs' || label.named === 'people') &&
  isList(label.orgs) &&
  isList(label.people) &&
  isHandling(label.export) &&
  isHandling(label.print) &&
  isHandling(label.copy)

const isList = (ids: Label['orgs']): boolean => ids === null || (Array.isArray(ids) && ids.every(isText))

const isHandling = (rule: string): boolean => rule === 'no' || rule === 'reason' || rule === 'yes'

const isBoundary = (boundary: Boundary | null): boolean =>
  boundary === null || (isText(boundary.id) && areClauses(boundary.clauses))

// One loop for each kind of row, on purpose: a shared one that is given a function costs three times as much.
const areGroups = (rows: Facts['subject']['groups']): boolean => {
  if (!Array.isArray(rows)) return false
  for (const row of rows) if (!isText(row.groupId) || !isValidity(row.validity)) return false
  return true
}

const areClauses = (rows: Boundary['clauses']): boolean => {
  if (!Array.isArray(rows)) return false
  for (const row of rows) if (!isNaming(row) || !isLevel(row.maxLevel)) return false
  return true
}

const areGrants = (rows: Facts['grants']): boolean => {
  if (!Array.isArray(rows)) return false
  for (const row of rows) if (!isNaming(row) || !isLevel(row.level) || !isOn(row.on)) return false
  return true
}

const areDenies = (rows: Facts['denies']): boolean => {
  if (!Array.isArray(rows)) return false
  for (const row of rows) if (!isNaming(row) || !isOn(row.on)) return false
  return true
}

const areLooks = (rows: Facts['breakGlass']): boolean => {
  if (!Array.isArray(rows)) return false
  for (const row of rows) if (!isText(row.id) || !isValidity(row.validity)) return false
  return true
}

const areSources = (rows: readonly Source[]): boolean => {
  if (!Array.isArray(rows)) return false
  for (const row of rows) if (!isSource(row)) return false
  return true
}

const isOn = (on: string): boolean => on === 'workspace' || on === 'document' || on === 'section'

const isNaming = (row: { id: string; subjectKind: string; subjectId: string; validity: Validity }): boolean =>
  isText(row.id) &&
  isText(row.subjectId) &&
  (row.subjectKind === 'person' || row.subjectKind === 'org' || row.subjectKind === 'group') &&
  isValidity(row.validity)
