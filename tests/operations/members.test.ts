import { afterAll, beforeAll, expect, it } from 'vitest'
import { addMember } from '@/server/operations/members/add-member'
import { changeMember } from '@/server/operations/members/change-member'
import { endMember } from '@/server/operations/members/end-member'
import { getMembers } from '@/server/operations/members/get-members'
import { runOperation } from '@/server/operations/run-operation'
import type { AccessScope } from '@/server/policy/access-scope'
import { openPlan, type Plan } from '@/tests/operations/plan'

let plan: Plan
const published: AccessScope[] = []
beforeAll(async () => {
  plan = await openPlan()
  plan.services.accessChanges.subscribe((scope) => published.push(scope))
})
afterAll(() => plan.services.close())

const listed = async (who: keyof Plan['people']) => {
  const view = await runOperation(plan.services, plan.people[who], getMembers, {
    workspaceId: plan.workspaceId,
  })
  return { view, members: view.agencies.flatMap(({ members }) => members) }
}

it('shows a lead the own agency’s candidates, and which rows may be changed', async () => {
  const { view, members } = await listed('countyLead')
  expect(view.candidates.map(({ name }) => name)).toEqual(['Nora County'])
  for (const { person, can } of members) {
    const isOwn = person.org.id === plan.orgs.county
    expect(can).toEqual({
      change: isOwn,
      why: isOwn ? null : `Only leads of ${person.org.name} can change this.`,
    })
  }
  const reader = await listed('countyReader')
  expect(reader.view.candidates).toEqual([])
  expect(reader.view.can).toEqual({
    add: false,
    why: 'Only leads of County Emergency Management can change this.',
  })
})

it('[R7] a lead adds only the own agency’s people; others are as good as missing', async () => {
  const { services, people, workspaceId, newcomerId, elsewhere } = plan
  const add = (personId: string) =>
    runOperation(services, people.countyLead, addMember, {
      workspaceId,
      personId,
      role: 'editor',
      until: null,
    })
  await expect(add(elsewhere.personId)).rejects.toMatchObject({ code: 'missing' })
  await expect(add(people.hospitalEditor.personId)).rejects.toMatchObject({ code: 'missing' })
  const { membershipId } = await add(newcomerId)
  expect(published.at(-1)).toEqual({ workspaceId, personId: newcomerId })
  await expect(add(newcomerId)).rejects.toMatchObject({ code: 'conflict' })

  const until = new Date(Date.now() + 86_400_000).toISOString()
  await runOperation(services, people.countyLead, changeMember, { membershipId, role: 'reviewer', until })
  const { rows } = await services.db.query(
    'select role, ended_at is null as live, ended_by from memberships where person_id = $1 order by valid_from, id',
    [newcomerId],
  )
  expect(rows).toEqual([
    { role: 'editor', live: false, ended_by: people.countyLead.personId },
    { role: 'reviewer', live: true, ended_by: null },
  ])
  await expect(runOperation(services, people.countyLead, endMember, { membershipId })).rejects.toMatchObject({
    code: 'missing',
  })
})

it('keeps the last lead of an agency, until there is another', async () => {
  const { services, people, workspaceId } = plan
  const { membershipId } = people.hospitalLead
  const end = () => runOperation(services, people.hospitalLead, endMember, { membershipId })
  const until = new Date(Date.now() + 60_000).toISOString()
  const change = { membershipId, role: 'lead', until } as const
  await expect(end()).rejects.toMatchObject({
    code: 'conflict',
    forPeople: expect.stringContaining('last lead'),
  })
  await expect(runOperation(services, people.hospitalLead, changeMember, change)).rejects.toMatchObject({
    code: 'conflict',
  })
  await expect(
    runOperation(services, people.hospitalLead, changeMember, { ...change, role: 'reader', until: null }),
  ).rejects.toMatchObject({ code: 'conflict' })

  const second = { membershipId: people.hospitalEditor.membershipId, role: 'lead', until: null } as const
  await runOperation(services, people.hospitalLead, changeMember, second)
  await end()
  expect(published.at(-1)).toEqual({ workspaceId, personId: people.hospitalLead.personId })
  await expect(listed('hospitalLead')).rejects.toMatchObject({ code: 'hidden' })
})

it('tells leads when their own people were last here and how they signed in, and of nobody else’s', async () => {
  const { members } = await listed('countyLead')
  for (const { person, activity } of members)
    if (person.org.id !== plan.orgs.county) expect(activity).toBeNull()
  const own = members.filter(
    ({ person, activity }) => person.org.id === plan.orgs.county && activity !== null,
  )
  expect(own.map(({ activity }) => activity?.strength)).toContain(1)
  for (const who of ['countyReader', 'weatherSteward'] as const)
    expect((await listed(who)).members.every(({ activity }) => activity === null)).toBe(true)
})
