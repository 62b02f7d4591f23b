import type { BoundaryInput } from '@/lib/views/boundary'
import { getBoundary } from '@/server/operations/boundaries/get-boundary'
import { previewBoundary } from '@/server/operations/boundaries/preview-boundary'
import { setBoundary } from '@/server/operations/boundaries/set-boundary'
import { archiveDocument } from '@/server/operations/documents/archive-document'
import { createDocument } from '@/server/operations/documents/create-document'
import { getDocument } from '@/server/operations/documents/get-document'
import { moveDocument } from '@/server/operations/documents/move-document'
import { recentDocuments } from '@/server/operations/documents/recent-documents'
import { renameDocument } from '@/server/operations/documents/rename-document'
import { restoreDocument } from '@/server/operations/documents/restore-document'
import { starDocument } from '@/server/operations/documents/star-document'
import { starredDocuments } from '@/server/operations/documents/starred-documents'
import { unstarDocument } from '@/server/operations/documents/unstar-document'
import { addMember } from '@/server/operations/members/add-member'
import { changeMember } from '@/server/operations/members/change-member'
import { endMember } from '@/server/operations/members/end-member'
import { getMembers } from '@/server/operations/members/get-members'
import { listRecord } from '@/server/operations/record/list-record'
import { readRecordChoices } from '@/server/operations/record/read-record-choices'
import { runOperation } from '@/server/operations/run-operation'
import { closeReseed } from '@/server/operations/sections/close-reseed'
import { createSection } from '@/server/operations/sections/create-section'
import { freezeSection } from '@/server/operations/sections/freeze-section'
import { markSection } from '@/server/operations/sections/mark-section'
import { moveSection } from '@/server/operations/sections/move-section'
import { openReseed } from '@/server/operations/sections/open-reseed'
import { removeSection } from '@/server/operations/sections/remove-section'
import { renameSection } from '@/server/operations/sections/rename-section'
import { restoreSection } from '@/server/operations/sections/restore-section'
import { unfreezeSection } from '@/server/operations/sections/unfreeze-section'
import { addOrganisation } from '@/server/operations/workspaces/add-organisation'
import { createWorkspace } from '@/server/operations/workspaces/create-workspace'
import { getWorkspace } from '@/server/operations/workspaces/get-workspace'
import { listInvitable } from '@/server/operations/workspaces/list-invitable'
import { listWorkspaces } from '@/server/operations/workspaces/list-workspaces'
import { removeOrganisation } from '@/server/operations/workspaces/remove-organisation'
import { type OperationCase, of, otherLead, reader, stranger } from '@/tests/operations/operation-case'
import type { Plan } from '@/tests/operations/plan'

const countyOnly = ({ orgs }: Plan): BoundaryInput => [
  { subjectKind: 'org', subjectId: orgs.county, maxLevel: 'manage', until: null },
]

/** The hash that the originator's lead would confirm. */
const setInput = async (plan: Plan) => {
  const input = { sectionId: plan.sections.open, boundary: countyOnly(plan) }
  const preview = await runOperation(plan.services, plan.people.countyLead, previewBoundary, input)
  return { ...input, hash: preview.hash }
}

/**
 * Every operation of ours with somebody who may and somebody who may not. What is allowed is done in this order, in
 * one world: what takes people out comes last.
 */
export const CASES: readonly OperationCase[] = [
  of('workspaces/list-workspaces', listWorkspaces, () => undefined, 'guest', null),
  of('workspaces/get-workspace', getWorkspace, ({ workspaceId }) => ({ workspaceId }), 'guest', stranger),
  of('workspaces/create-workspace', createWorkspace, () => ({ title: 'Fire' }), 'hospitalLead', {
    who: 'weatherEditor',
    code: 'denied',
  }),
  of(
    'workspaces/list-invitable',
    listInvitable,
    ({ workspaceId }) => ({ workspaceId }),
    'countyLead',
    otherLead,
  ),
  of(
    'workspaces/add-organisation',
    addOrganisation,
    ({ workspaceId, spareOrgId: orgId }) => ({
      workspaceId,
      orgId,
      ceiling: 'edit' as const,
      mayExport: false,
    }),
    'countyLead',
    otherLead,
  ),
  of(
    'documents/create-document',
    createDocument,
    ({ workspaceId, annexId }) => ({ workspaceId, title: 'New', parentId: annexId }),
    'hospitalEditor',
    reader,
  ),
  of('documents/get-document', getDocument, ({ documentId }) => ({ documentId }), 'countyReader', {
    who: 'auditor',
    code: 'hidden',
    rule: 'R2',
  }),
  of(
    'documents/rename-document',
    renameDocument,
    ({ documentId }) => ({ documentId, title: 'Plan B' }),
    'weatherEditor',
    reader,
  ),
  of(
    'documents/archive-document',
    archiveDocument,
    ({ annexId }) => ({ documentId: annexId }),
    'countyLead',
    otherLead,
  ),
  of(
    'documents/restore-document',
    restoreDocument,
    ({ annexId }) => ({ documentId: annexId }),
    'countyLead',
    otherLead,
  ),
  of('documents/star-document', starDocument, ({ documentId }) => ({ documentId }), 'reviewer', {
    who: 'guest',
    code: 'hidden',
    rule: 'R7',
  }),
  of('documents/unstar-document', unstarDocument, ({ documentId }) => ({ documentId }), 'reviewer', stranger),
  of('documents/recent-documents', recentDocuments, () => undefined, 'reviewer', null),
  of('documents/starred-documents', starredDocuments, () => undefined, 'reviewer', null),
  of(
    'documents/move-document',
    moveDocument,
    ({ documentId, annexId }) => ({ documentId: annexId, parentId: documentId, afterDocumentId: null }),
    'hospitalEditor',
    reader,
  ),
  of(
    'sections/create-section',
    createSection,
    ({ documentId, sections }) => ({ documentId, title: 'New', afterSectionId: sections.open }),
    'hospitalEditor',
    reader,
  ),
  of(
    'sections/rename-section',
    renameSection,
    ({ sections }) => ({ sectionId: sections.shared, title: 'Outlook' }),
    'weatherEditor',
    { who: 'countyLead', code: 'denied', rule: 'R5' },
  ),
  of(
    'sections/move-section',
    moveSection,
    ({ sections, frozenId }) => ({ sectionId: sections.open, afterSectionId: frozenId }),
    'weatherEditor',
    reader,
  ),
  of(
    'sections/freeze-section',
    freezeSection,
    ({ sections }) => ({ sectionId: sections.open }),
    'countyLead',
    otherLead,
  ),
  of(
    'sections/unfreeze-section',
    unfreezeSection,
    ({ frozenId }) => ({ sectionId: frozenId }),
    'countyLead',
    otherLead,
  ),
  of(
    'sections/open-reseed',
    openReseed,
    ({ sections }) => ({ sectionId: sections.open, minutes: 15 }),
    'countyLead',
    otherLead,
  ),
  of(
    'sections/close-reseed',
    closeReseed,
    ({ sections }) => ({ sectionId: sections.open }),
    'countyLead',
    otherLead,
  ),
  of(
    'sections/remove-section',
    removeSection,
    ({ sections }) => ({ sectionId: sections.named }),
    'hospitalLead',
    {
      who: 'countyLead',
      code: 'denied',
      rule: 'R5',
    },
  ),
  of(
    'sections/restore-section',
    restoreSection,
    ({ removedId }) => ({ sectionId: removedId }),
    'countyLead',
    {
      who: 'hospitalLead',
      code: 'hidden',
      rule: 'R7',
    },
  ),
  of(
    'sections/mark-section',
    markSection,
    ({ sections }) => ({ sectionId: sections.open, label: 'TLP:AMBER' }),
    'countyLead',
    otherLead,
  ),
  of(
    'boundaries/get-boundary',
    getBoundary,
    ({ sections }) => ({ sectionId: sections.shared }),
    'countyReader',
    {
      who: 'hospitalLead',
      code: 'hidden',
      rule: 'R5',
    },
  ),
  of(
    'boundaries/preview-boundary',
    previewBoundary,
    (plan) => ({ sectionId: plan.sections.open, boundary: countyOnly(plan) }),
    'hospitalEditor',
    stranger,
  ),
  of('boundaries/set-boundary', setBoundary, setInput, 'countyLead', otherLead),
  of('members/get-members', getMembers, ({ workspaceId }) => ({ workspaceId }), 'auditor', {
    who: 'guest',
    code: 'denied',
    rule: 'R7',
  }),
  of(
    'members/add-member',
    addMember,
    ({ workspaceId, newcomerId }) => ({
      workspaceId,
      personId: newcomerId,
      role: 'editor' as const,
      until: null,
    }),
    'countyLead',
    { who: 'countyReader', code: 'denied', rule: 'R7' },
  ),
  of(
    'members/change-member',
    changeMember,
    ({ people }) => ({
      membershipId: people.countyReader.membershipId,
      role: 'editor' as const,
      until: null,
    }),
    'countyLead',
    otherLead,
  ),
  of('record/list-record', listRecord, ({ workspaceId }) => ({ workspaceId, filter: {} }), 'auditor', {
    who: 'countyLead',
    code: 'denied',
    rule: 'R7',
  }),
  of('record/read-record-choices', readRecordChoices, ({ workspaceId }) => ({ workspaceId }), 'auditor', {
    who: 'countyLead',
    code: 'denied',
    rule: 'R7',
  }),
  of(
    'members/end-member',
    endMember,
    ({ people }) => ({ membershipId: people.auditor.membershipId }),
    'countyLead',
    otherLead,
  ),
  of(
    'workspaces/remove-organisation',
    removeOrganisation,
    ({ workspaceId, orgs }) => ({ workspaceId, orgId: orgs.weather, confirm: true as const }),
    'countyLead',
    otherLead,
  ),
]
