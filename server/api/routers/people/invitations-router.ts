import { z } from 'zod'
import { fields, idInput, roleInput, untilInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { handOverInvitation } from '@/server/operations/invitations/hand-over-invitation'
import { inviteToOrganisation } from '@/server/operations/invitations/invite-to-organisation'
import { inviteToWorkspace } from '@/server/operations/invitations/invite-to-workspace'
import { listInvitations } from '@/server/operations/invitations/list-invitations'
import { resendInvitation } from '@/server/operations/invitations/resend-invitation'
import { withdrawInvitation } from '@/server/operations/invitations/withdraw-invitation'

const invited = { email: z.string().max(300), name: z.string().max(254), outside: z.boolean() }
const anInvitation = fields({ invitationId: idInput })

/** People invited by e-mail into one's own organisation. */
export const invitationsRouter = router({
  list: signedInProcedure.input(fields({ workspaceId: idInput.nullable() })).query(run(listInvitations)),
  toOrganisation: signedInProcedure.input(fields(invited)).mutation(run(inviteToOrganisation)),
  toWorkspace: signedInProcedure
    .input(fields({ ...invited, workspaceId: idInput, role: roleInput, until: untilInput }))
    .mutation(run(inviteToWorkspace)),
  resend: signedInProcedure.input(anInvitation).mutation(run(resendInvitation)),
  withdraw: signedInProcedure.input(anInvitation).mutation(run(withdrawInvitation)),
  handOver: signedInProcedure.input(anInvitation).mutation(run(handOverInvitation)),
})
