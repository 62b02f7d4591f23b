import { inWorkspace, type ProcedureCase } from '@/tests/api/procedures/who'
import { aRequest, coldMonth } from '@/tests/operations/cases/kept/retention'

const may = ['auditor'] as const

export const RETENTION: Record<string, ProcedureCase> = {
  'retention.get': { may, input: inWorkspace },
  'retention.setPeriods': {
    may,
    input: ({ workspaceId }) => ({ workspaceId, searchableMonths: 24, coldMonths: 60 }),
  },
  'retention.bringBack': {
    may,
    input: async (plan) => ({ workspaceId: plan.workspaceId, month: (await coldMonth(plan)).month }),
  },
  'retention.askDrop': {
    may,
    input: async (plan) => ({ workspaceId: plan.workspaceId, ...(await coldMonth(plan)) }),
  },
  'retention.agree': { may, input: aRequest },
  'retention.decline': {
    may,
    input: async (plan) => ({ retentionRequestId: (await aRequest(plan)).retentionRequestId }),
  },
}
