import { ADMINISTRATORS, HOST, MEMBERS, type ProcedureCase } from '@/tests/api/procedures/who'

export const PEOPLE: Record<string, ProcedureCase> = {
  'people.list': { may: ADMINISTRATORS },
  'people.search': {
    may: MEMBERS.filter((who) => who !== 'guest'),
    input: ({ workspaceId }) => ({ words: 'hugo', workspaceId }),
  },
  'people.create': { may: ADMINISTRATORS, input: () => ({ name: 'New', email: 'new@example.test' }) },
  'people.issueLink': { may: HOST, input: ({ newcomerId }) => ({ personId: newcomerId }) },
  'people.suspend': { may: HOST, input: ({ newcomerId }) => ({ personId: newcomerId }) },
  'people.reinstate': { may: HOST, input: ({ suspendedId }) => ({ personId: suspendedId }) },
}
