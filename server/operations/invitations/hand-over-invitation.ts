import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { requireAdministrator } from '@/server/operations/identity/require-standing'
import { makeInvitationLink } from '@/server/operations/invitations/invitation-link'
import { invitationObject, ownInvitation } from '@/server/operations/invitations/own-invitation'
import type { Operation } from '@/server/operations/run-operation'

/** For administrators, where mail does not reach somebody: a fresh link to hand over. Links sent before stop working. */
export const handOverInvitation: Operation<{ invitationId: Id }, { link: string }> = {
  event: 'invitation.link_made',
  own: true,
  async run(context, { invitationId }) {
    requireAdministrator(context.actor)
    const invitation = await ownInvitation(context, invitationId)
    const made = await makeInvitationLink(context.tx, invitationId, context.at)
    if (made === null) throw new DomainError('conflict', 'This invitation has run out. Send it again first.')
    context.record({ object: invitationObject(invitation) })
    return { link: made.path }
  },
}
