import { and, eq, gt, isNull, or } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { Reader, Tx } from '@/server/db/client'
import { people } from '@/server/db/schema/identity'
import { personInvitations } from '@/server/db/schema/organisation'
import { memberships } from '@/server/db/schema/workspace'
import { hashOfToken, looksLikeToken, newToken } from '@/server/identity/session-token'
import { inForceAt } from '@/server/operations/shaping/agencies'

export type InvitationRow = typeof personInvitations.$inferSelect

/** Hours after being sent in which an invitation can be used. */
export const INVITATION_HOURS = 72

/** Not used, not withdrawn, not run out. */
export const isPending = (at: Date) =>
  and(
    isNull(personInvitations.usedAt),
    isNull(personInvitations.withdrawnAt),
    gt(personInvitations.expiresAt, at),
  )

/**
 * A fresh link of a pending invitation, for the moment at which it is sent; earlier links of it stop working. Only the
 * token's hash is stored. The token stands in the fragment: browsers send it to nobody.
 * @returns path and fragment with the one address that it is for; null if there is nothing to send any more
 */
export const makeInvitationLink = async (
  tx: Tx,
  invitationId: Id,
  at: Date,
): Promise<{ path: string; invitation: InvitationRow } | null> => {
  const token = newToken()
  const [invitation] = await tx.orm
    .update(personInvitations)
    .set({ tokenHash: hashOfToken(token) })
    .where(and(eq(personInvitations.id, invitationId), isPending(at)))
    .returning()
  return invitation === undefined ? null : { path: `/invited#${token}`, invitation }
}

/** The pending invitation that a token opens. */
export const findInvitation = async (
  reader: Reader,
  token: string,
  at: Date,
): Promise<InvitationRow | undefined> => {
  if (!looksLikeToken(token)) return undefined
  const [row] = await reader.orm
    .select()
    .from(personInvitations)
    .where(and(eq(personInvitations.tokenHash, hashOfToken(token)), isPending(at)))
  return row
}

/**
 * May whoever invited still do so? An invitation is worth what its inviter may do when it is used: an administrator of
 * the organisation, for a workspace a lead there.
 */
export const inviterStands = async (
  reader: Reader,
  invitation: InvitationRow,
  at: Date,
): Promise<boolean> => {
  const { workspaceId, createdBy, orgId } = invitation
  const [inviter] = await reader.orm
    .select({ isAdministrator: people.isAdministrator })
    .from(people)
    .where(and(eq(people.id, createdBy), eq(people.orgId, orgId), eq(people.state, 'active')))
  if (inviter === undefined) return false
  if (workspaceId === null) return inviter.isAdministrator
  const [lead] = await reader.orm
    .select({ id: memberships.id })
    .from(memberships)
    .where(
      and(
        eq(memberships.workspaceId, workspaceId),
        eq(memberships.personId, createdBy),
        eq(memberships.role, 'lead'),
        inForceAt(memberships, at),
        or(isNull(memberships.validUntil), gt(memberships.validUntil, at)),
      ),
    )
  return lead !== undefined
}
