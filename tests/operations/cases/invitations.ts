import { handOverInvitation } from '@/server/operations/invitations/hand-over-invitation'
import { inviteToOrganisation } from '@/server/operations/invitations/invite-to-organisation'
import { inviteToWorkspace } from '@/server/operations/invitations/invite-to-workspace'
import { listInvitations } from '@/server/operations/invitations/list-invitations'
import { resendInvitation } from '@/server/operations/invitations/resend-invitation'
import { withdrawInvitation } from '@/server/operations/invitations/withdraw-invitation'
import { type OperationCase, of } from '@/tests/operations/operation-case'
import type { Plan } from '@/tests/operations/plan'

let count = 0
const invited = () => ({ email: `invited-${count++}@example.test`, name: 'Ida Invited', outside: true })
const denied = { who: 'countyReader', code: 'denied' } as const
const gone = { who: 'hospitalLead', code: 'missing' } as const

/** A pending invitation by County's lead, an hour old. */
export const invitationOf = async ({ world, orgs, people }: Plan) => ({
  invitationId: await world.insert('person_invitations', {
    org_id: orgs.county,
    ...{ email: invited().email, name: 'Ida Invited', created_by: people.countyLead.personId },
    created_at: new Date(Date.now() - 3_600_000),
    expires_at: new Date(Date.now() + 71 * 3_600_000),
  }),
})

export const INVITATIONS: readonly OperationCase[] = [
  of('invitations/list-invitations', listInvitations, ({ workspaceId }) => ({ workspaceId }), 'countyLead', {
    who: 'countyReader',
    code: 'denied',
    rule: 'R7',
  }),
  of('invitations/invite-to-organisation', inviteToOrganisation, invited, 'countyLead', denied),
  of(
    'invitations/invite-to-workspace',
    inviteToWorkspace,
    ({ workspaceId }) => ({ ...invited(), workspaceId, role: 'reader' as const, until: null }),
    'hospitalLead',
    { who: 'weatherSteward', code: 'denied', rule: 'R7' },
  ),
  of('invitations/resend-invitation', resendInvitation, invitationOf, 'countyLead', gone),
  of('invitations/withdraw-invitation', withdrawInvitation, invitationOf, 'countyLead', gone),
  of('invitations/hand-over-invitation', handOverInvitation, invitationOf, 'countyLead', {
    who: 'countyReader',
    code: 'denied',
  }),
]
