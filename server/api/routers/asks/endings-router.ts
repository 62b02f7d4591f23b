import { fields, idInput, inWorkspace } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { listEndings } from '@/server/operations/endings/list-endings'
import { renewGroupMember } from '@/server/operations/endings/renew-group-member'
import { renewMembership } from '@/server/operations/endings/renew-membership'

/** What was given on a document or section is renewed as every change of sharing is made: `sharing.change`. */
export const endingsRouter = router({
  list: signedInProcedure.input(inWorkspace).query(run(listEndings)),
  renewMembership: signedInProcedure.input(fields({ membershipId: idInput })).mutation(run(renewMembership)),
  renewGroupMember: signedInProcedure
    .input(fields({ groupId: idInput, personId: idInput }))
    .mutation(run(renewGroupMember)),
})
