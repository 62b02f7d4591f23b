import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { OpenInvitationView } from '@/lib/views/organisation'
import type { Reader } from '@/server/db/client'
import { organisations, people } from '@/server/db/schema/identity'
import { workspaces } from '@/server/db/schema/workspace'
import type { Source } from '@/server/identity/actor'
import { enterByLink } from '@/server/operations/entry/enter-by-link'
import {
  findInvitation,
  type InvitationRow,
  inviterStands,
} from '@/server/operations/invitations/invitation-link'
import type { Services } from '@/server/services'

/** For whom an invitation is and where it leads. Does not use it up. */
export const openInvitation = (
  services: Services,
  source: Source,
  { token }: { token: string },
): Promise<OpenInvitationView> =>
  enterByLink(services, source, token, async () => {
    const { invitation, org } = await readInvitation(services.db, token, services.now())
    const account = await accountOf(services.db, invitation)
    const [workspace] =
      invitation.workspaceId === null
        ? []
        : await services.db.orm.select().from(workspaces).where(eq(workspaces.id, invitation.workspaceId))
    const { email, name, role, membershipUntil } = invitation
    return {
      email,
      name,
      organisation: org.name,
      workspace:
        workspace === undefined || role === null
          ? null
          : { title: workspace.title, role, until: membershipUntil?.toISOString() ?? null },
      account,
      words: [name, email, org.name, org.shortCode],
    }
  })

/** @throws DomainError `denied` for a link that opens nothing (any more) */
export const readInvitation = async (reader: Reader, token: string, at: Date) => {
  const invitation = await findInvitation(reader, token, at)
  const [org] =
    invitation === undefined
      ? []
      : await reader.orm.select().from(organisations).where(eq(organisations.id, invitation.orgId))
  if (invitation === undefined || org?.state !== 'active') throw invitationGone()
  if (!(await inviterStands(reader, invitation, at))) throw invitationGone()
  return { invitation, org }
}

export const accountOf = async (
  reader: Reader,
  { email, orgId }: InvitationRow,
): Promise<OpenInvitationView['account']> => {
  const [account] = await reader.orm
    .select({ orgId: people.orgId })
    .from(people)
    .where(eq(people.email, email))
  if (account === undefined) return 'none'
  return account.orgId === orgId ? 'same' : 'other'
}

export const invitationGone = (): DomainError =>
  new DomainError(
    'denied',
    'This invitation has been used, was withdrawn or has run out. Ask whoever invited you to send it again.',
  )
