import { addGroupMember } from '@/server/operations/groups/add-group-member'
import { createGroup } from '@/server/operations/groups/create-group'
import { endGroupMember } from '@/server/operations/groups/end-group-member'
import { listGroups } from '@/server/operations/groups/list-groups'
import { renameGroup } from '@/server/operations/groups/rename-group'
import { addDomain } from '@/server/operations/organisation/add-domain'
import { getOrganisation } from '@/server/operations/organisation/get-organisation'
import { listOriginated } from '@/server/operations/organisation/list-originated'
import { makeAdministrator } from '@/server/operations/organisation/make-administrator'
import { removeDomain } from '@/server/operations/organisation/remove-domain'
import { searchPeople } from '@/server/operations/organisation/search-people'
import { unmakeAdministrator } from '@/server/operations/organisation/unmake-administrator'
import { type OperationCase, of, stranger } from '@/tests/operations/operation-case'
import type { Plan } from '@/tests/operations/plan'

let count = 0
const denied = { who: 'countyReader', code: 'denied' } as const
const gone = { who: 'hospitalLead', code: 'missing' } as const

export const domainOf = async ({ world, orgs, people }: Plan) => ({
  domainId: await world.insert('organisation_domains', {
    org_id: orgs.county,
    domain: `county-${count++}.example`,
    added_by: people.countyLead.personId,
  }),
})

/** A group of County's, empty. */
export const groupOf = async ({ world, orgs }: Plan) => ({
  groupId: await world.insert('groups', { org_id: orgs.county, name: `Group ${count++}` }),
})

export const newcomerInGroup = async (plan: Plan) => ({
  ...(await groupOf(plan)),
  personId: plan.newcomerId,
  until: null,
})

export const groupWithNewcomer = async (plan: Plan) => {
  const { groupId } = await groupOf(plan)
  await plan.world.insert('group_members', { group_id: groupId, person_id: plan.newcomerId })
  return { groupId, personId: plan.newcomerId }
}

export const secondAdministrator = async ({ world, orgs }: Plan) => ({
  personId: await world.person(orgs.county, { administrator: true }),
})

const administratorToBe = async ({ world, orgs }: Plan) => ({ personId: await world.person(orgs.county) })

export const ORGANISATION: readonly OperationCase[] = [
  of('organisation/get-organisation', getOrganisation, () => undefined, 'countyReader', null),
  of(
    'organisation/list-originated',
    listOriginated,
    ({ workspaceId }) => ({ workspaceId }),
    'countyReader',
    stranger,
  ),
  of('organisation/add-domain', addDomain, () => ({ domain: `c${count++}.example` }), 'countyLead', denied),
  of('organisation/remove-domain', removeDomain, domainOf, 'countyLead', gone),
  of('organisation/make-administrator', makeAdministrator, administratorToBe, 'countyLead', denied),
  of('organisation/unmake-administrator', unmakeAdministrator, secondAdministrator, 'countyLead', gone),
  of(
    'organisation/search-people',
    searchPeople,
    ({ workspaceId }) => ({ words: 'hugo', workspaceId }),
    'auditor',
    { who: 'guest', code: 'denied', rule: 'R7' },
  ),
  of('groups/list-groups', listGroups, () => undefined, 'countyReader', null),
  of('groups/create-group', createGroup, () => ({ name: `New ${count++}` }), 'countyLead', denied),
  of(
    'groups/rename-group',
    renameGroup,
    async (plan) => ({ ...(await groupOf(plan)), name: `Other ${count++}` }),
    'countyLead',
    gone,
  ),
  of('groups/add-group-member', addGroupMember, newcomerInGroup, 'countyLead', gone),
  of('groups/end-group-member', endGroupMember, groupWithNewcomer, 'countyLead', denied),
]
