import type { Id } from '@/lib/ids'
import type { ApprovalView } from '@/lib/views/asks/request'
import { type GivenLevel, previewOf } from '@/server/operations/requests/approval'
import { requestObject } from '@/server/operations/requests/own-request'
import { openRequest } from '@/server/operations/requests/request-standing'
import type { Operation } from '@/server/operations/run-operation'

interface Input {
  requestId: Id
  level: GivenLevel
  until: string | null
}

/** Asks: to rule over what is asked for, as a lead or steward of its originator. Exactly what an approval would change. */
export const previewApproval: Operation<Input, ApprovalView> = {
  event: 'access.previewed',
  async run(context, { requestId, ...given }) {
    const open = await openRequest(context, requestId, false)
    const view = await previewOf(context, open, given)
    context.recordView(
      { object: requestObject(open.request), details: { hash: view.preview.hash } },
      view.preview.hash,
    )
    return view
  },
}
