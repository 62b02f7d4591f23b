import {
  fields,
  hashInput,
  idInput,
  inWorkspace,
  levelInput,
  reasonInput,
  untilInput,
} from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { approveRequest } from '@/server/operations/requests/approve-request'
import { askAccess } from '@/server/operations/requests/ask-access'
import { declineRequest } from '@/server/operations/requests/decline-request'
import { listRequests } from '@/server/operations/requests/list-requests'
import { myRequests } from '@/server/operations/requests/my-requests'
import { previewApproval } from '@/server/operations/requests/preview-approval'
import { remindRequest } from '@/server/operations/requests/remind-request'
import { withdrawRequest } from '@/server/operations/requests/withdraw-request'

const aRequest = fields({ requestId: idInput })
const wanted = levelInput.extract(['read', 'comment', 'suggest', 'edit'])
const given = { requestId: idInput, level: wanted, until: untilInput }

export const requestsRouter = router({
  mine: signedInProcedure.query(run(myRequests)),
  /** The same answer for every id, whatever it names. */
  ask: signedInProcedure
    .input(
      fields({
        askedFor: idInput,
        level: wanted,
        reason: reasonInput.min(1, 'Say what you need it for.'),
        until: untilInput,
      }),
    )
    .mutation(run(askAccess)),
  withdraw: signedInProcedure.input(aRequest).mutation(run(withdrawRequest)),
  remind: signedInProcedure.input(aRequest).mutation(run(remindRequest)),
  list: signedInProcedure.input(inWorkspace).query(run(listRequests)),
  preview: signedInProcedure.input(fields(given)).query(run(previewApproval)),
  approve: signedInProcedure.input(fields({ ...given, hash: hashInput })).mutation(run(approveRequest)),
  decline: signedInProcedure
    .input(fields({ requestId: idInput, reason: reasonInput.min(1, 'Say why.') }))
    .mutation(run(declineRequest)),
})
