import { ADMINISTRATORS, HOST, type ProcedureCase, SIGNED_IN } from '@/tests/api/procedures/who'
import { groupOf, groupWithNewcomer, newcomerInGroup } from '@/tests/operations/cases/organisation'

export const GROUPS: Record<string, ProcedureCase> = {
  'groups.list': { may: SIGNED_IN },
  'groups.create': { may: ADMINISTRATORS, input: () => ({ name: 'Night shift' }) },
  'groups.rename': { may: HOST, input: async (plan) => ({ ...(await groupOf(plan)), name: 'Day shift' }) },
  'groups.addPerson': { may: HOST, input: newcomerInGroup },
  'groups.removePerson': { may: HOST, input: groupWithNewcomer },
}
