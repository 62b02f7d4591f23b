import type { Label } from '@/lib/marking/label'
import type { Boundary, Facts, Validity } from '@/lib/policy/facts'
import type { PolicyEntry } from '@/lib/verifier/replay.mjs'

/**
 * Facts of a random world, as the loader would have loaded them, written back as the rows that they come from. What no loader
 * would load is taken out of the facts: denies on what is not asked about, rows that are over. Sources that share a name in
 * the generator are told apart.
 */
export const rowsOfFacts = (given: Facts): { facts: Facts; rows: PolicyEntry[] } => {
  const facts = loadable(given)
  const rows: PolicyEntry[] = []
  const put = (table: string, id: string, columns: Record<string, unknown>) =>
    rows.push({ table, id, columns })
  const period = ({ from, until }: Validity) => ({ valid_from: from, valid_until: until, ended_at: null })
  const always = { valid_from: 0, valid_until: null, ended_at: null }
  const label = (one: Label): string => {
    const { named, orgs, people, export: take, print, copy } = one
    const enforces = { named, orgs, people, export: take, print, copy }
    put('policy_labels', JSON.stringify(enforces), { enforces })
    return JSON.stringify(enforces)
  }
  const boundary = (on: object, one: Boundary | null) => {
    if (one === null) return
    put('boundaries', one.id, { document_id: null, section_id: null, ...on, ...always })
    for (const {
      id,
      subjectKind,
      subjectId,
      maxLevel,
      validity: { from, until },
    } of one.clauses)
      put('boundary_clauses', id, {
        boundary_id: one.id,
        subject_kind: subjectKind,
        subject_id: subjectId,
        max_level: maxLevel,
        valid_from: from,
        valid_until: until,
      })
  }
  const { subject, workspace, participation, membership, document, section } = facts
  put('organisations', subject.orgId, { state: subject.orgState })
  put('people', subject.personId, { org_id: subject.orgId, state: subject.personState })
  for (const { id, groupId, validity } of subject.groups)
    put('group_members', id, {
      group_id: groupId,
      person_id: subject.personId,
      org_id: subject.orgId,
      ...period(validity),
    })
  put('workspaces', workspace.id, {
    state: workspace.state,
    minimum_strength: workspace.minimumStrength,
    terms_version: workspace.termsVersion,
  })
  if (participation !== null) {
    const { id, orgId, state, ceiling, mayExport, signedTermsVersion, validity } = participation
    put('participations', id, {
      org_id: orgId,
      state,
      ceiling,
      may_export: mayExport,
      signed_terms_version: signedTermsVersion,
      ...period(validity),
    })
  }
  if (membership !== null)
    put('memberships', membership.id, {
      person_id: subject.personId,
      role: membership.role,
      ...period(membership.validity),
    })
  if (document !== null) {
    put('documents', document.id, {
      owner_org_id: document.ownerOrgId,
      label: label(document.label),
      archived_at: document.archived ? 1 : null,
    })
    boundary({ document_id: document.id }, document.boundary)
  }
  if (section !== null) {
    put('sections', section.id, {
      document_id: document?.id,
      originator_org_id: section.originatorOrgId,
      label: label(section.label),
      frozen_at: section.frozen ? 1 : null,
      removed_at: null,
    })
    boundary({ section_id: section.id }, section.boundary)
  }
  const on = (kind: string) => ({
    workspace_id: kind === 'workspace' ? workspace.id : null,
    document_id: kind === 'document' ? document?.id : null,
    section_id: kind === 'section' ? section?.id : null,
  })
  for (const { id, on: kind, subjectKind, subjectId, level, validity } of facts.grants)
    put('grants', id, {
      ...on(kind),
      subject_kind: subjectKind,
      subject_id: subjectId,
      level,
      ...period(validity),
    })
  for (const { id, on: kind, subjectKind, subjectId, validity } of facts.denies)
    put('denies', id, { ...on(kind), subject_kind: subjectKind, subject_id: subjectId, ...period(validity) })
  for (const { id, validity } of facts.breakGlass)
    put('break_glass', id, { section_id: section?.id, person_id: subject.personId, ...period(validity) })
  for (const source of section?.sources ?? []) {
    put('section_sources', source.id, {
      section_id: section?.id,
      source_section_id: source.section?.id ?? null,
      source_document_id: source.section === null ? source.document.id : null,
      ...period(source.validity),
    })
    put('documents', source.document.id, {
      owner_org_id: source.originatorOrgId,
      label: label(source.document.label),
      archived_at: null,
    })
    boundary({ document_id: source.document.id }, source.document.boundary)
    if (source.section !== null) {
      put('sections', source.section.id, {
        document_id: source.document.id,
        originator_org_id: source.originatorOrgId,
        label: label(source.section.label),
      })
      boundary({ section_id: source.section.id }, source.section.boundary)
    }
    for (const { id, subjectKind, subjectId, validity } of source.denies)
      put('denies', id, {
        workspace_id: null,
        document_id: source.section === null ? source.document.id : null,
        section_id: source.section?.id ?? null,
        subject_kind: subjectKind,
        subject_id: subjectId,
        ...period(validity),
      })
  }
  return { facts, rows }
}

const loadable = (given: Facts): Facts => {
  const { at, document, section } = given
  const isThere = ({ on }: { on: string }) =>
    on === 'document' ? document !== null : on !== 'section' || section !== null
  const notOver = (row: { validity: Validity }) => row.validity.until === null || at < row.validity.until
  return {
    ...given,
    participation: given.participation !== null && notOver(given.participation) ? given.participation : null,
    grants: given.grants.filter(isThere),
    denies: given.denies.filter(isThere),
    breakGlass: section === null ? [] : given.breakGlass,
    section: section && {
      ...section,
      sources: section.sources.map((source, i) => ({
        ...source,
        document: { ...source.document, id: `source document ${i}` },
        section: source.section && { ...source.section, id: `source section ${i}` },
      })),
    },
  }
}
