import { HOST, inWorkspace, MEMBERS, type ProcedureCase } from '@/tests/api/procedures/who'
import { endingGroupMember, endingMembership } from '@/tests/operations/cases/asks/endings'

export const ENDINGS: Record<string, ProcedureCase> = {
  'endings.list': { may: MEMBERS, input: inWorkspace },
  'endings.renewMembership': { may: HOST, input: endingMembership },
  'endings.renewGroupMember': { may: HOST, input: endingGroupMember },
}
