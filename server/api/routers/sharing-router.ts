import { fields, hashInput, sharingChangeInput, sharingRefInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { changeSharing } from '@/server/operations/sharing/change-sharing'
import { getSharing } from '@/server/operations/sharing/get-sharing'
import { previewSharing } from '@/server/operations/sharing/preview-sharing'
import { recallSharing } from '@/server/operations/sharing/recall-sharing'

const onObject = fields({ on: sharingRefInput })

export const sharingRouter = router({
  get: signedInProcedure.input(onObject).query(run(getSharing)),
  preview: signedInProcedure
    .input(fields({ on: sharingRefInput, change: sharingChangeInput }))
    .query(run(previewSharing)),
  change: signedInProcedure
    .input(fields({ on: sharingRefInput, change: sharingChangeInput, hash: hashInput }))
    .mutation(run(changeSharing)),
  recall: signedInProcedure.input(onObject).mutation(run(recallSharing)),
})
