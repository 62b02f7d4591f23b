import { and, eq, isNull } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import { readAddress } from '@/lib/mail-address'
import type { Role } from '@/lib/policy/vocabulary'
import { people } from '@/server/db/schema/identity'
import { organisationDomains, personInvitations } from '@/server/db/schema/organisation'
import { mailOutbox } from '@/server/db/schema/told'
import { requireName } from '@/server/operations/identity/new-person'
import { INVITATION_HOURS, isPending } from '@/server/operations/invitations/invitation-link'
import type { OperationContext } from '@/server/operations/run-operation'

export interface Invited {
  email: string
  name: string
  /** The address lies outside the organisation's own mail domains, and the administrator says that this is right. */
  outside: boolean
}

/** What may be said about an address: only what one's own organisation knows. Others' accounts are never looked up. */
export const readInvited = async (
  { tx, actor }: OperationContext,
  { email: typed, name: typedName, outside }: Invited,
) => {
  const name = requireName(typedName, 'The name')
  const address = readAddress(typed)
  if (address.problem !== null) throw new DomainError('invalid', address.problem)
  const { email, domain } = address
  const [own] = await tx.orm
    .select({ id: organisationDomains.id })
    .from(organisationDomains)
    .where(and(eq(organisationDomains.orgId, actor.orgId), eq(organisationDomains.domain, domain)))
  if (own === undefined && !actor.isAdministrator)
    throw new DomainError(
      'denied',
      `${domain} is none of the mail domains of ${actor.orgName}. Only its administrators invite other addresses.`,
      { ask: `an administrator of ${actor.orgName}` },
    )
  if (own === undefined && !outside)
    throw new DomainError(
      'invalid',
      `${domain} is none of the mail domains of ${actor.orgName}. Confirm that this person belongs to ${actor.orgName}.`,
    )
  const [colleague] = await tx.orm
    .select()
    .from(people)
    .where(and(eq(people.email, email), eq(people.orgId, actor.orgId)))
  return { email, name, colleague: colleague ?? null }
}

/**
 * Invites an address for 72 hours; the mail waits in the outbox, and its link is made when it is sent. The same for an
 * address that has an account at another organisation as for one that has none.
 */
export const sendInvitation = async (
  context: OperationContext,
  invited: { email: string; name: string },
  into: { workspaceId: Id; role: Role; until: Date | null } | null,
): Promise<Id> => {
  const { tx, actor, at } = context
  const workspaceId = into?.workspaceId ?? null
  const [already] = await tx.orm
    .select({ id: personInvitations.id })
    .from(personInvitations)
    .where(
      and(
        eq(personInvitations.orgId, actor.orgId),
        eq(personInvitations.email, invited.email),
        workspaceId === null
          ? isNull(personInvitations.workspaceId)
          : eq(personInvitations.workspaceId, workspaceId),
        isPending(at),
      ),
    )
  if (already !== undefined)
    throw new DomainError(
      'conflict',
      `${invited.email} is invited already. You can send the invitation again or withdraw it.`,
    )
  const invitationId = newId()
  await tx.orm.insert(personInvitations).values({
    id: invitationId,
    orgId: actor.orgId,
    workspaceId,
    role: into?.role ?? null,
    membershipUntil: into?.until ?? null,
    email: invited.email,
    name: invited.name,
    createdBy: actor.personId,
    createdAt: at,
    expiresAt: runsOutAt(at),
  })
  await postInvitation(context, invitationId)
  context.record({
    type: 'invitation.sent',
    object: { ...(workspaceId === null ? {} : { workspaceId }), targetId: invitationId },
    after: { role: into?.role ?? null, until: into?.until?.toISOString() ?? null },
    clear: { email: invited.email, name: invited.name },
  })
  return invitationId
}

export const runsOutAt = (at: Date): Date => new Date(at.getTime() + INVITATION_HOURS * 3_600_000)

/** One mail waits per invitation. */
export const postInvitation = async ({ tx, actor, at }: OperationContext, refId: Id): Promise<void> => {
  const [waiting] = await tx.orm
    .select({ id: mailOutbox.id })
    .from(mailOutbox)
    .where(and(eq(mailOutbox.refId, refId), isNull(mailOutbox.sentAt), isNull(mailOutbox.closedAt)))
  if (waiting !== undefined) return
  await tx.orm
    .insert(mailOutbox)
    .values({ id: newId(), kind: 'person_invitation', refId, orgId: actor.orgId, at, nextAt: at })
}
