import {
  ADMINISTRATORS,
  HOST,
  inWorkspace,
  MEMBERS,
  type ProcedureCase,
  SIGNED_IN,
} from '@/tests/api/procedures/who'

export const WORKSPACES: Record<string, ProcedureCase> = {
  'workspaces.list': { may: SIGNED_IN },
  'workspaces.get': { may: MEMBERS, input: inWorkspace },
  'workspaces.create': { may: ADMINISTRATORS, input: () => ({ title: 'Fire season' }) },
  'workspaces.removeOrganisation': {
    may: HOST,
    input: ({ workspaceId, orgs }) => ({ workspaceId, orgId: orgs.weather, confirm: true }),
  },
}
