import { newId } from '@/lib/ids'
import { listEndings } from '@/server/operations/endings/list-endings'
import { renewGroupMember } from '@/server/operations/endings/renew-group-member'
import { renewMembership } from '@/server/operations/endings/renew-membership'
import { type OperationCase, of, otherLead, stranger } from '@/tests/operations/operation-case'
import type { Plan } from '@/tests/operations/plan'

const DAY = 86_400_000
const soon = () => ({ from: Date.now() - 10 * DAY, until: Date.now() + DAY })

/** Somebody new of County whose membership ends tomorrow. */
export const endingMembership = async ({ world, orgs, workspaceId }: Plan) => {
  const personId = await world.person(orgs.county, { name: `Ending ${newId()}` })
  return { membershipId: await world.membership(workspaceId, personId, 'reader', soon()) }
}

/** A place in a group of County that ends tomorrow. */
export const endingGroupMember = async ({ world, orgs, people }: Plan) => {
  const groupId = await world.group(orgs.county, `Ending ${newId()}`)
  const { personId } = people.countyReader
  await world.inGroup(groupId, personId, soon())
  return { groupId, personId }
}

export const ENDINGS: readonly OperationCase[] = [
  of('endings/list-endings', listEndings, ({ workspaceId }) => ({ workspaceId }), 'auditor', stranger),
  of('endings/renew-membership', renewMembership, endingMembership, 'countyLead', otherLead),
  of('endings/renew-group-member', renewGroupMember, endingGroupMember, 'countyLead', {
    who: 'countyReader',
    code: 'denied',
  }),
]
