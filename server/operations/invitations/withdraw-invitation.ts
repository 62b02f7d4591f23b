import { and, eq, isNull } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { personInvitations } from '@/server/db/schema/organisation'
import { mailOutbox } from '@/server/db/schema/told'
import { invitationObject, ownInvitation } from '@/server/operations/invitations/own-invitation'
import type { Operation } from '@/server/operations/run-operation'

/** At once: its link opens nothing any more, and mail that waits is not sent. */
export const withdrawInvitation: Operation<{ invitationId: Id }, void> = {
  event: 'invitation.withdrawn',
  own: true,
  async run(context, { invitationId }) {
    const { tx, at } = context
    const invitation = await ownInvitation(context, invitationId)
    await tx.orm
      .update(personInvitations)
      .set({ withdrawnAt: at, tokenHash: null })
      .where(eq(personInvitations.id, invitationId))
    await tx.orm
      .update(mailOutbox)
      .set({ closedAt: at })
      .where(and(eq(mailOutbox.refId, invitationId), isNull(mailOutbox.sentAt), isNull(mailOutbox.closedAt)))
    context.record({ object: invitationObject(invitation) })
  },
}
