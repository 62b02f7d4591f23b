import { HOST, inWorkspace, MEMBERS, type ProcedureCase, SIGNED_IN } from '@/tests/api/procedures/who'
import { pendingRequest } from '@/tests/operations/asks/pending-request'
import { anApproval } from '@/tests/operations/cases/asks/requests'

export const REQUESTS: Record<string, ProcedureCase> = {
  'requests.mine': { may: SIGNED_IN },
  'requests.ask': {
    may: SIGNED_IN,
    input: () => ({ askedFor: crypto.randomUUID(), level: 'read', reason: 'I need it.', until: null }),
  },
  'requests.withdraw': { may: ['countyReader'], input: (plan) => pendingRequest(plan) },
  'requests.remind': { may: ['countyReader'], input: (plan) => pendingRequest(plan) },
  'requests.list': { may: MEMBERS, input: inWorkspace },
  'requests.preview': {
    may: HOST,
    input: async (plan) => ({ ...(await pendingRequest(plan)), level: 'comment', until: null }),
  },
  'requests.approve': { may: HOST, input: anApproval },
  'requests.decline': {
    may: HOST,
    input: async (plan) => ({ ...(await pendingRequest(plan)), reason: 'Ask again in June.' }),
  },
}
