import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '@/lib/ids'
import type { Chore } from '@/server/upkeep/chore'
import { startUpkeep } from '@/server/upkeep/upkeep'
import { eventsOf, openPlan, type Plan } from '@/tests/operations/plan'

let plan: Plan
beforeAll(async () => {
  plan = await openPlan()
})
afterAll(() => plan.services.close())

const chore = (name: string, run: Chore['run']): Chore => ({ name, run })

it('repeats a chore while there is more, and goes on after one that fails', async () => {
  const done: string[] = []
  let left = 3
  const upkeep = startUpkeep(plan.services, [
    chore('fails', () => Promise.reject(new Error('no'))),
    chore('counts', async () => {
      done.push('counted')
      return --left > 0
    }),
  ])
  await upkeep.runNow()
  await upkeep.stop()
  expect(done).toEqual(['counted', 'counted', 'counted'])
})

it('does nothing after it was stopped', async () => {
  let ran = 0
  const upkeep = startUpkeep(plan.services, [chore('runs', async () => ++ran < 0)])
  await upkeep.stop()
  await upkeep.runNow()
  expect(ran).toBe(0)
})

it('lapses releases whose time is over, on record, and tells who asked', async () => {
  const { db } = plan.services
  const asker = plan.people.countyLead
  const release = (expires: string) =>
    db.query(
      `insert into releases (id, kind, workspace_id, section_id, change, hash, requested_by, requested_by_org, expires_at, state)
       values ($1, 'sharing', $2, $3, '{}', 'x', $4, $5, now() + $6::interval, 'pending')`,
      [newId(), plan.workspaceId, plan.sections.open, asker.personId, asker.orgId, expires],
    )
  await release('-1 second')
  await release('1 hour')
  const upkeep = startUpkeep(plan.services)
  await upkeep.runNow()
  await upkeep.stop()
  const { rows } = await db.query<{ state: string }>(
    'select state from releases where workspace_id = $1 order by expires_at',
    [plan.workspaceId],
  )
  expect(rows.map(({ state }) => state)).toEqual(['lapsed', 'pending'])
  const [event] = await eventsOf(plan, 'release.lapsed')
  expect(event).toMatchObject({ section_id: plan.sections.open, actor_person_id: null })
  const told = await db.query<{ person_id: string; kind: string }>(
    "select person_id, kind from notifications where kind = 'release.ended'",
  )
  expect(told.rows).toEqual([{ person_id: asker.personId, kind: 'release.ended' }])
})
