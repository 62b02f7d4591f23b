import type { Id } from '@/lib/ids'
import { assertPending, openRequest } from '@/server/operations/retention/open-request'
import { endRequest } from '@/server/operations/retention/request-rows'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: to read the record. Any auditor, also whoever asked, ends it. */
export const declineRetention: Operation<{ retentionRequestId: Id }, void> = {
  event: 'retention.declined',
  async run(context, { retentionRequestId }) {
    const request = await openRequest(context, retentionRequestId)
    assertPending(request, context.at)
    await endRequest(context, request.id, 'declined')
    context.record({
      object: { workspaceId: request.workspace_id, targetId: request.id },
      details: { kind: request.kind, month: request.month },
    })
  },
}
