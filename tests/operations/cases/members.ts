import { addMember } from '@/server/operations/members/add-member'
import { changeMember } from '@/server/operations/members/change-member'
import { getMembers } from '@/server/operations/members/get-members'
import { type OperationCase, of, otherLead } from '@/tests/operations/operation-case'

export const MEMBERS: readonly OperationCase[] = [
  of('members/get-members', getMembers, ({ workspaceId }) => ({ workspaceId }), 'auditor', {
    who: 'guest',
    code: 'denied',
    rule: 'R7',
  }),
  of(
    'members/add-member',
    addMember,
    ({ workspaceId, newcomerId }) => ({
      workspaceId,
      personId: newcomerId,
      role: 'editor' as const,
      until: null,
    }),
    'countyLead',
    { who: 'countyReader', code: 'denied', rule: 'R7' },
  ),
  of(
    'members/change-member',
    changeMember,
    ({ people }) => ({
      membershipId: people.countyReader.membershipId,
      role: 'editor' as const,
      until: null,
    }),
    'countyLead',
    otherLead,
  ),
]
