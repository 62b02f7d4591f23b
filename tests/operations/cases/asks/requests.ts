import { approveRequest } from '@/server/operations/requests/approve-request'
import { askAccess } from '@/server/operations/requests/ask-access'
import { declineRequest } from '@/server/operations/requests/decline-request'
import { listRequests } from '@/server/operations/requests/list-requests'
import { myRequests } from '@/server/operations/requests/my-requests'
import { previewApproval } from '@/server/operations/requests/preview-approval'
import { remindRequest } from '@/server/operations/requests/remind-request'
import { withdrawRequest } from '@/server/operations/requests/withdraw-request'
import { runOperation } from '@/server/operations/run-operation'
import { pendingRequest } from '@/tests/operations/asks/pending-request'
import { type OperationCase, of, otherLead, stranger } from '@/tests/operations/operation-case'
import type { Plan } from '@/tests/operations/plan'

const GIVEN = { level: 'comment', until: null } as const
const aRequest = (plan: Plan) => pendingRequest(plan)
export const anApproval = async (plan: Plan) => {
  const { requestId } = await pendingRequest(plan)
  const { services, people } = plan
  const { preview } = await runOperation(services, people.countyLead, previewApproval, {
    requestId,
    ...GIVEN,
  })
  return { requestId, ...GIVEN, hash: preview.hash }
}

export const REQUESTS: readonly OperationCase[] = [
  of(
    'requests/ask-access',
    askAccess,
    () => ({ askedFor: crypto.randomUUID(), level: 'read' as const, reason: 'I need it.', until: null }),
    'countyReader',
    null,
  ),
  of('requests/my-requests', myRequests, () => undefined, 'countyReader', null),
  of('requests/remind-request', remindRequest, aRequest, 'countyReader', {
    who: 'countyLead',
    code: 'missing',
  }),
  of('requests/withdraw-request', withdrawRequest, aRequest, 'countyReader', {
    who: 'countyLead',
    code: 'missing',
  }),
  of('requests/list-requests', listRequests, ({ workspaceId }) => ({ workspaceId }), 'countyLead', stranger),
  of(
    'requests/preview-approval',
    previewApproval,
    async (plan) => ({ ...(await aRequest(plan)), ...GIVEN }),
    'countyLead',
    otherLead,
  ),
  of('requests/approve-request', approveRequest, anApproval, 'countyLead', otherLead),
  of(
    'requests/decline-request',
    declineRequest,
    async (plan) => ({ ...(await aRequest(plan)), reason: 'Ask again in June.' }),
    'countyLead',
    otherLead,
  ),
]
