import { inWorkspace, type ProcedureCase } from '@/tests/api/procedures/who'
import { eventIn, searchOf, signedEventIn } from '@/tests/operations/cases/record'
import { findingInput } from '@/tests/operations/finding-input'

export const RECORD: Record<string, ProcedureCase> = {
  'record.list': {
    may: ['auditor'],
    input: ({ workspaceId, orgs, people, documentId, sections }) => ({
      workspaceId,
      filter: {
        personId: people.countyLead.personId,
        orgId: orgs.county,
        documentId,
        sectionId: sections.open,
      },
    }),
  },
  'record.verify': { may: ['auditor'], input: inWorkspace },
  'record.activity': { may: ['auditor'], input: inWorkspace },
  'record.heatMap': { may: ['auditor'], input: inWorkspace },
  'record.sectionLife': {
    may: ['auditor'],
    input: ({ workspaceId, sections }) => ({ workspaceId, sectionId: sections.open }),
  },
  'record.personDay': {
    may: ['auditor'],
    input: ({ workspaceId, people }) => ({
      workspaceId,
      personId: people.countyLead.personId,
      day: '2026-03-03',
    }),
  },
  'record.integrity': { may: ['auditor'], input: inWorkspace },
  'record.findings': {
    may: ['auditor'],
    input: ({ workspaceId }) => ({ workspaceId, state: null, rule: null }),
  },
  'record.finding': { may: ['auditor'], input: findingInput },
  'record.disposeFinding': {
    may: ['auditor'],
    input: async (plan) => ({ ...(await findingInput(plan)), state: 'expected', note: 'On leave.' }),
  },
  'record.choices': { may: ['auditor'], input: inWorkspace },
  'record.ask': {
    may: ['auditor'],
    input: ({ workspaceId, orgs }) => ({
      workspaceId,
      filter: { originatorId: orgs.hospital, not: { orgId: [orgs.hospital] } },
      by: 'object',
      question: 'to-ours',
    }),
  },
  'record.find': { may: ['auditor'], input: ({ workspaceId }) => ({ workspaceId, text: 'Staffing' }) },
  'record.event': { may: ['auditor'], input: eventIn },
  'record.takeEvent': { may: ['auditor'], input: signedEventIn },
  'record.tail': {
    may: ['auditor'],
    input: ({ workspaceId }) => ({ workspaceId, filter: {}, since: null }),
  },
  'record.searches': { may: ['auditor'], input: inWorkspace },
  'record.saveSearch': {
    may: ['auditor'],
    input: ({ workspaceId }) => ({ workspaceId, name: 'Refusals', query: '?outcome=denied' }),
  },
  'record.forgetSearch': { may: ['auditor'], input: searchOf },
}
