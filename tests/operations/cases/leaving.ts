import { endMember } from '@/server/operations/members/end-member'
import { removeOrganisation } from '@/server/operations/workspaces/remove-organisation'
import { type OperationCase, of, otherLead } from '@/tests/operations/operation-case'

export const LEAVING: readonly OperationCase[] = [
  of(
    'members/end-member',
    endMember,
    ({ people }) => ({ membershipId: people.auditor.membershipId }),
    'countyLead',
    otherLead,
  ),
  of(
    'workspaces/remove-organisation',
    removeOrganisation,
    ({ workspaceId, orgs }) => ({ workspaceId, orgId: orgs.weather, confirm: true as const }),
    'countyLead',
    otherLead,
  ),
]
