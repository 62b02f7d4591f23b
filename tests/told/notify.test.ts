import { afterAll, beforeAll, expect, it } from 'vitest'
import { notify } from '@/server/told/notify'
import { administratorsToTell, membersToTell } from '@/server/told/people-to-tell'
import { openPlan, type Plan } from '@/tests/operations/plan'

let plan: Plan
beforeAll(async () => {
  plan = await openPlan()
})
afterAll(() => plan.services.close())

const told = async () => {
  const { rows } = await plan.services.db.query<{ person_id: string }>(
    "select person_id from notifications where kind = 'terms.signed'",
  )
  return rows.map(({ person_id }) => person_id)
}

it('tells each once, and nobody what they did themselves; rolled back, nobody', async () => {
  const { countyLead, weatherSteward } = plan.people
  const ids = [countyLead.personId, weatherSteward.personId, weatherSteward.personId]
  const about = {
    kind: 'terms.signed',
    workspaceId: plan.workspaceId,
    byPersonId: countyLead.personId,
  } as const
  const failed = plan.services.db.transaction(async (tx) => {
    await notify(tx, ids, about)
    throw new Error('rolled back')
  })
  await expect(failed).rejects.toThrow('rolled back')
  expect(await told()).toEqual([])
  await plan.services.db.transaction((tx) => notify(tx, ids, about))
  expect(await told()).toEqual([weatherSteward.personId])
})

it('finds who answers for an organisation', async () => {
  const { workspaceId, orgs, people } = plan
  await plan.services.db.transaction(async (tx) => {
    const leads = await membersToTell(tx, {
      workspaceId,
      orgId: orgs.county,
      roles: ['lead'],
      at: new Date(),
    })
    expect(leads).toEqual([people.countyLead.personId])
    expect(await administratorsToTell(tx, orgs.county)).toContain(people.countyLead.personId)
  })
})
