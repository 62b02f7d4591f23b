import { ADMINISTRATORS, HOST, type ProcedureCase } from '@/tests/api/procedures/who'
import { invitationOf } from '@/tests/operations/cases/invitations'

const invited = { email: 'new.one@example.test', name: 'New One', outside: true }

export const INVITATIONS: Record<string, ProcedureCase> = {
  'invitations.list': { may: ADMINISTRATORS, input: ({ workspaceId }) => ({ workspaceId }) },
  'invitations.toOrganisation': { may: ADMINISTRATORS, input: () => invited },
  'invitations.toWorkspace': {
    may: ADMINISTRATORS,
    input: ({ workspaceId }) => ({ ...invited, workspaceId, role: 'reader', until: null }),
  },
  'invitations.resend': { may: HOST, input: invitationOf },
  'invitations.withdraw': { may: HOST, input: invitationOf },
  'invitations.handOver': { may: HOST, input: invitationOf },
}
