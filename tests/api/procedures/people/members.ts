import { HOST, inWorkspace, MEMBERS, type ProcedureCase } from '@/tests/api/procedures/who'

export const MEMBERSHIPS: Record<string, ProcedureCase> = {
  'members.get': { may: MEMBERS.filter((who) => who !== 'guest'), input: inWorkspace },
  'members.add': {
    may: HOST,
    input: ({ workspaceId, newcomerId }) => ({
      workspaceId,
      personId: newcomerId,
      role: 'reader',
      until: null,
    }),
  },
  'members.change': {
    may: HOST,
    input: ({ people }) => ({ membershipId: people.countyReader.membershipId, role: 'editor', until: null }),
  },
  'members.end': { may: HOST, input: ({ people }) => ({ membershipId: people.countyReader.membershipId }) },
}
