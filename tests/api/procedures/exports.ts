import { inWorkspace, type ProcedureCase } from '@/tests/api/procedures/who'
import { insertExport } from '@/tests/exports/insert-export'

export const EXPORTS: Record<string, ProcedureCase> = {
  'exports.list': { may: ['auditor'], input: inWorkspace },
  'exports.ask': {
    may: ['auditor'],
    input: ({ workspaceId, sections }) => ({
      workspaceId,
      format: 'csv',
      filter: { sectionId: sections.open },
      reason: 'For the yearly audit.',
    }),
  },
  'exports.cancel': {
    may: ['auditor'],
    input: async ({ services, people, workspaceId }) => ({
      exportId: await insertExport(services.db, people.auditor, workspaceId),
    }),
  },
}
