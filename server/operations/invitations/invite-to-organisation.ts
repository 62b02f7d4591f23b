import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { InviteAnswer } from '@/lib/views/organisation'
import { organisations } from '@/server/db/schema/identity'
import { requireAdministrator } from '@/server/operations/identity/require-standing'
import { type Invited, readInvited, sendInvitation } from '@/server/operations/invitations/send-invitation'
import type { Operation } from '@/server/operations/run-operation'

/** An administrator invites a person into their own organisation. */
export const inviteToOrganisation: Operation<Invited, InviteAnswer> = {
  event: 'invitation.sent',
  own: true,
  async run(context, input) {
    const { actor, tx } = context
    requireAdministrator(actor)
    await tx.orm
      .select({ id: organisations.id })
      .from(organisations)
      .where(eq(organisations.id, actor.orgId))
      .for('no key update')
    const { email, name, colleague } = await readInvited(context, input)
    if (colleague !== null)
      throw new DomainError('conflict', `${colleague.name} has an account at ${actor.orgName} already.`)
    await sendInvitation(context, { email, name }, null)
    return { outcome: 'sent', name }
  },
}
