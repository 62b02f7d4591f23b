import type { ProcedureCase } from '@/tests/api/procedures/who'

export const ORGANISATIONS: Record<string, ProcedureCase> = {
  'organisations.list': { may: [] },
  'organisations.create': {
    may: [],
    input: () => ({
      name: 'Third',
      shortCode: 'THIRD',
      colour: 3,
      adminName: 'Adm',
      adminEmail: 'adm@example.test',
    }),
  },
}
