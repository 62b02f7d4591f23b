import { and, eq, gt, isNull, or } from 'drizzle-orm'
import type { EventDraft } from '@/lib/audit/event'
import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import type { Tx } from '@/server/db/client'
import { personInvitations } from '@/server/db/schema/organisation'
import { memberships } from '@/server/db/schema/workspace'
import type { Source } from '@/server/identity/actor'
import { requireGoodPassword } from '@/server/identity/sign-in/password-strength'
import { passwordWork } from '@/server/identity/sign-in/password-work'
import { enterByLink } from '@/server/operations/entry/enter-by-link'
import { accountOf, invitationGone, readInvitation } from '@/server/operations/entry/open-invitation'
import { insertPerson, requireName } from '@/server/operations/identity/new-person'
import { type InvitationRow, inviterStands, isPending } from '@/server/operations/invitations/invitation-link'
import { lockMembers } from '@/server/operations/members/members-lock'
import type { Services } from '@/server/services'

interface Input {
  token: string
  name: string
  password: string
}

type Common = Pick<EventDraft, 'outcome' | 'actor' | 'correlation'>

/**
 * Makes the account of the one address that an invitation is for, with every membership that it was invited to. Signs
 * nobody in: that is done by the form, which accepts the notice and takes a fresh session.
 */
export const acceptInvitation = (
  services: Services,
  source: Source,
  input: Input,
): Promise<{ email: string }> =>
  enterByLink(services, source, input.token, async () => {
    const { db, now, recorder } = services
    const found = await readInvitation(db, input.token, now())
    await requireNoAccount(db, found.invitation)
    const name = requireName(input.name, 'Your name')
    const { email } = found.invitation
    await requireGoodPassword(input.password, [name, email, found.org.name, found.org.shortCode])
    const passwordHash = await passwordWork(services).hash(input.password, source.address)
    await db.transaction(async (tx) => {
      // Asked again: it may have been withdrawn, or its inviter suspended, while the password was hashed.
      const { invitation } = await readInvitation(tx, input.token, now())
      const { orgId } = invitation
      await requireNoAccount(tx, invitation)
      const used = await useInvitations(tx, invitation, now())
      const person = { orgId, name, email, isAdministrator: false, isOperator: false, passwordHash }
      const personId = await insertPerson(tx, person, now())
      const common: Common = {
        outcome: 'allowed',
        actor: { personId, orgId, sessionId: null },
        correlation: source.requestId,
      }
      const clear = { name, email, address: source.address, userAgent: source.userAgent }
      const object = { targetId: personId }
      await tx.orm
        .update(personInvitations)
        .set({ usedBy: personId })
        .where(and(eq(personInvitations.email, email), eq(personInvitations.usedAt, used.at)))
      recorder.append(tx, {
        ...common,
        type: 'invitation.accepted',
        object,
        after: { orgId, invitationId: invitation.id },
        clear,
      })
      recorder.append(tx, { ...common, type: 'person.password_set', object })
      for (const one of used.invitations) await join(services, tx, one, personId, common)
    })
    return { email }
  })

const requireNoAccount = async (reader: Tx | Services['db'], invitation: InvitationRow): Promise<void> => {
  const account = await accountOf(reader, invitation)
  if (account === 'same')
    throw new DomainError('conflict', 'This address has an account here already. Sign in with its password.')
  if (account === 'other')
    throw new DomainError(
      'conflict',
      'This address has an account at another organisation, and an account belongs to exactly one. Ask whoever invited you to use another address of yours.',
    )
}

/** All that are pending for the address in this organisation: one account answers them all. Of two at once, one gets it. */
const useInvitations = async (tx: Tx, { id, email, orgId }: InvitationRow, at: Date) => {
  const invitations = await tx.orm
    .update(personInvitations)
    .set({ usedAt: at })
    .where(and(eq(personInvitations.email, email), eq(personInvitations.orgId, orgId), isPending(at)))
    .returning()
  if (!invitations.some((one) => one.id === id)) throw invitationGone()
  return { at, invitations }
}

const join = async (
  services: Services,
  tx: Tx,
  invitation: InvitationRow,
  personId: Id,
  common: Common,
): Promise<void> => {
  const { workspaceId, role, membershipUntil, createdBy } = invitation
  const at = services.now()
  if (workspaceId === null || role === null || (membershipUntil !== null && membershipUntil <= at)) return
  await lockMembers({ tx }, workspaceId)
  if (!(await inviterStands(tx, invitation, at))) return
  const [already] = await tx.orm
    .select({ id: memberships.id })
    .from(memberships)
    .where(
      and(
        eq(memberships.workspaceId, workspaceId),
        eq(memberships.personId, personId),
        isNull(memberships.endedAt),
        or(isNull(memberships.validUntil), gt(memberships.validUntil, at)),
      ),
    )
  if (already !== undefined) return
  const membershipId = newId()
  await tx.orm.insert(memberships).values({
    id: membershipId,
    workspaceId,
    personId,
    role,
    grantedBy: createdBy,
    validFrom: at,
    validUntil: membershipUntil,
  })
  services.recorder.append(tx, {
    ...common,
    type: 'membership.started',
    object: { workspaceId, targetId: personId },
    after: { membershipId, role, until: membershipUntil?.toISOString() ?? null, grantedBy: createdBy },
    details: { role },
  })
  await services.accessChanges.publish(tx, { workspaceId, personId })
}
