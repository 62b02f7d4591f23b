import { ADMINISTRATORS, HOST, inWorkspace, type ProcedureCase } from '@/tests/api/procedures/who'
import { aHold } from '@/tests/operations/cases/kept/erasure'

const reason = 'A court asks for it.'

export const ERASURE: Record<string, ProcedureCase> = {
  'erasure.list': { may: ADMINISTRATORS },
  'erasure.erase': {
    may: HOST,
    input: ({ suspendedId }) => ({ personId: suspendedId, name: 'Susi County' }),
  },
  'holds.list': { may: ['auditor'], input: inWorkspace },
  'holds.placeHere': {
    may: ['auditor'],
    input: ({ workspaceId, people }) => ({
      workspaceId,
      personId: people.weatherEditor.personId,
      orgId: null,
      reason,
    }),
  },
  'holds.placeOwn': {
    may: HOST,
    input: ({ newcomerId }) => ({ personId: newcomerId, reason }),
  },
  'holds.lift': { may: HOST, input: async (plan) => ({ holdId: await aHold(plan) }) },
}
