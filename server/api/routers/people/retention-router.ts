import { z } from 'zod'
import { fields, hashInput, idInput, inWorkspace } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { agree } from '@/server/operations/retention/agree'
import { askBack } from '@/server/operations/retention/ask-back'
import { askDrop } from '@/server/operations/retention/ask-drop'
import { declineRetention } from '@/server/operations/retention/decline-retention'
import { getRetention } from '@/server/operations/retention/get-retention'
import { setPeriods } from '@/server/operations/retention/set-periods'

const monthInput = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'This is not a month.')
const months = z.int().min(0).max(1200)

/** How long a workspace's record is kept, and its months. */
export const retentionRouter = router({
  get: signedInProcedure.input(inWorkspace).query(run(getRetention)),
  setPeriods: signedInProcedure
    .input(fields({ workspaceId: idInput, searchableMonths: months, coldMonths: months }))
    .mutation(run(setPeriods)),
  bringBack: signedInProcedure
    .input(fields({ workspaceId: idInput, month: monthInput }))
    .mutation(run(askBack)),
  askDrop: signedInProcedure
    .input(fields({ workspaceId: idInput, month: monthInput, hash: hashInput }))
    .mutation(run(askDrop)),
  agree: signedInProcedure
    .input(fields({ retentionRequestId: idInput, hash: hashInput }))
    .mutation(run(agree)),
  decline: signedInProcedure.input(fields({ retentionRequestId: idInput })).mutation(run(declineRetention)),
})
