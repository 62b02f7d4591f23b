import { fields, hashInput, idInput, inWorkspace, reasonInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { declineRelease } from '@/server/operations/releases/decline-release'
import { getRelease } from '@/server/operations/releases/get-release'
import { listReleases } from '@/server/operations/releases/list-releases'
import { turnKey } from '@/server/operations/releases/turn-key'
import { withdrawRelease } from '@/server/operations/releases/withdraw-release'

const aRelease = fields({ releaseId: idInput })

export const releasesRouter = router({
  list: signedInProcedure.input(inWorkspace).query(run(listReleases)),
  get: signedInProcedure.input(aRelease).query(run(getRelease)),
  /** `hash` is of what was shown: a key is turned for that and nothing else. */
  turnKey: signedInProcedure.input(fields({ releaseId: idInput, hash: hashInput })).mutation(run(turnKey)),
  decline: signedInProcedure
    .input(fields({ releaseId: idInput, reason: reasonInput.min(1, 'Say why.') }))
    .mutation(run(declineRelease)),
  withdraw: signedInProcedure.input(aRelease).mutation(run(withdrawRelease)),
})
