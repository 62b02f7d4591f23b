import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { personInvitations } from '@/server/db/schema/organisation'
import { INVITATION_HOURS } from '@/server/operations/invitations/invitation-link'
import { invitationObject, ownInvitation } from '@/server/operations/invitations/own-invitation'
import { postInvitation, runsOutAt } from '@/server/operations/invitations/send-invitation'
import type { Operation } from '@/server/operations/run-operation'

/** Seconds between two mails to the same address. */
const PAUSE = 60

/** Sends it again, also one that has run out: another 72 hours, by a new link. The old link stops working at once. */
export const resendInvitation: Operation<{ invitationId: Id }, void> = {
  event: 'invitation.resent',
  own: true,
  async run(context, { invitationId }) {
    const { tx, at } = context
    const invitation = await ownInvitation(context, invitationId)
    const sentAt = invitation.expiresAt.getTime() - INVITATION_HOURS * 3_600_000
    const wait = Math.ceil(PAUSE - (at.getTime() - sentAt) / 1000)
    if (wait > 0)
      throw new DomainError(
        'too_many',
        `It was sent a moment ago. You can send it again in ${wait} seconds.`,
        {
          retryAfter: wait,
        },
      )
    await tx.orm
      .update(personInvitations)
      .set({ expiresAt: runsOutAt(at), tokenHash: null })
      .where(eq(personInvitations.id, invitationId))
    await postInvitation(context, invitationId)
    context.record({ object: invitationObject(invitation) })
  },
}
