import { fields, idInput, inWorkspace, roleInput, untilInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { addMember } from '@/server/operations/members/add-member'
import { changeMember } from '@/server/operations/members/change-member'
import { endMember } from '@/server/operations/members/end-member'
import { getMembers } from '@/server/operations/members/get-members'

export const membersRouter = router({
  get: signedInProcedure.input(inWorkspace).query(run(getMembers)),
  add: signedInProcedure
    .input(fields({ workspaceId: idInput, personId: idInput, role: roleInput, until: untilInput }))
    .mutation(run(addMember)),
  change: signedInProcedure
    .input(fields({ membershipId: idInput, role: roleInput, until: untilInput }))
    .mutation(run(changeMember)),
  end: signedInProcedure.input(fields({ membershipId: idInput })).mutation(run(endMember)),
})
