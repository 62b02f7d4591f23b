import type { Id } from '@/lib/ids'
import type { Role } from '@/lib/policy/vocabulary'
import type { InviteAnswer } from '@/lib/views/organisation'
import { type Invited, readInvited, sendInvitation } from '@/server/operations/invitations/send-invitation'
import { endOf, lockMembers } from '@/server/operations/members/members-lock'
import { startMembership } from '@/server/operations/members/start-membership'
import type { Operation } from '@/server/operations/run-operation'

interface Input extends Invited {
  workspaceId: Id
  role: Role
  until: string | null
}

/**
 * Asks: to lead one's own organisation's people here. Invites a person into that organisation and this workspace; a
 * colleague who has an account is added straight away.
 */
export const inviteToWorkspace: Operation<Input, InviteAnswer> = {
  event: 'invitation.sent',
  async run(context, { workspaceId, role, until, ...invited }) {
    const { actor, at } = context
    await context.authorize({ workspaceId }, { ask: 'members', orgId: actor.orgId })
    await lockMembers(context, workspaceId)
    const validUntil = endOf(until, at)
    const { email, name, colleague } = await readInvited(context, invited)
    if (colleague !== null) {
      await startMembership(context, { workspaceId, person: colleague, role, validUntil })
      return { outcome: 'added', name: colleague.name }
    }
    await sendInvitation(context, { email, name }, { workspaceId, role, until: validUntil })
    return { outcome: 'sent', name }
  },
}
