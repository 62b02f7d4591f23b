import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Id } from '@/lib/ids'
import { renewedUntil } from '@/lib/told/renewal'
import { listEndings } from '@/server/operations/endings/list-endings'
import { renewMembership } from '@/server/operations/endings/renew-membership'
import { runOperation } from '@/server/operations/run-operation'
import { changeSharing } from '@/server/operations/sharing/change-sharing'
import { previewSharing } from '@/server/operations/sharing/preview-sharing'
import { announceEndings } from '@/server/upkeep/announce-endings'
import { startUpkeep } from '@/server/upkeep/upkeep'
import { eventsOf, openPlan, type Plan } from '@/tests/operations/plan'

const DAY = 86_400_000
const HOUR = 3_600_000
let plan: Plan
let at: number | null = null
beforeAll(async () => {
  plan = await openPlan({ now: () => new Date(at ?? Date.now()) })
})
afterAll(() => plan.services.close())
beforeEach(async () => {
  at = null
  for (const table of ['notifications', 'end_announcements'])
    await plan.services.db.query(`delete from ${table}`)
})

const upkeep = async () => {
  const chores = startUpkeep(plan.services, [announceEndings])
  await chores.runNow()
  await chores.stop()
}
const toldOf = async (rowId: Id) => {
  const { rows } = await plan.services.db.query<{ person_id: Id; days: number; kind: string }>(
    `select person_id, (details->>'days')::int as days, kind from notifications where target_id = $1 order by at, id`,
    [rowId],
  )
  return rows
}
const namesOf = async (rowId: Id) => {
  const { rows } = await plan.services.db.query<{ name: string }>(
    `select distinct p.name from notifications n join people p on p.id = n.person_id where n.target_id = $1 order by 1`,
    [rowId],
  )
  return rows.map(({ name }) => name)
}
const period = (days: number, from = -30) => ({
  from: Date.now() + from * DAY,
  until: Date.now() + days * DAY,
})

describe('what ends is announced', () => {
  it('seven days and one day before, once each, to whom it concerns and who may renew', async () => {
    const { world, orgs, workspaceId } = plan
    const personId = await world.person(orgs.weather, { name: 'Elsa Ending' })
    const rowId = await world.membership(workspaceId, personId, 'reader', period(10))
    const start = Date.now()
    for (const days of [0, 2, 3.1, 3.2, 5, 9.1, 9.2, 9.9]) {
      at = start + days * DAY
      await upkeep()
    }
    // Weather has no lead here, only a steward, who cannot renew memberships.
    expect(await toldOf(rowId)).toEqual([
      { person_id: personId, days: 7, kind: 'ending.soon' },
      { person_id: personId, days: 1, kind: 'ending.soon' },
    ])
    const [event] = await eventsOf(plan, 'ending.announced')
    expect(event).toMatchObject({ outcome: 'allowed', actor_person_id: null, workspace_id: workspaceId })
  })

  it.each([
    [
      'membership',
      ['Clara County', 'New County'],
      async ({ world, orgs, workspaceId }: Plan) =>
        world.membership(
          workspaceId,
          await world.person(orgs.county, { name: 'New County' }),
          'reader',
          period(5),
        ),
    ],
    [
      'grant to a person',
      ['Hugo Hospital', 'Wendy Weather'],
      ({ world, sections, people }: Plan) =>
        world.grant(
          { sectionId: sections.shared },
          'person',
          people.hospitalEditor.personId,
          'comment',
          period(5),
        ),
    ],
    [
      'grant to an agency',
      ['Hanna Hospital', 'Wendy Weather'],
      ({ world, sections, orgs }: Plan) =>
        world.grant({ sectionId: sections.shared }, 'org', orgs.hospital, 'comment', period(5)),
    ],
    [
      'block: to its originator alone',
      ['Wendy Weather'],
      ({ world, sections, people }: Plan) =>
        world.deny({ sectionId: sections.shared }, 'person', people.countyReader.personId, period(5)),
    ],
    [
      'place in a group',
      ['Carl County', 'Clara County'],
      async ({ world, orgs, people }: Plan) =>
        world.inGroup(await world.group(orgs.county), people.countyReader.personId, period(5)),
    ],
    [
      'participation',
      ['Clara County', 'Sam Spare'],
      ({ world, workspaceId, spareOrgId }: Plan) => world.participation(workspaceId, spareOrgId, period(5)),
    ],
  ])('%s', async (_what, names, make) => {
    const rowId = await make(plan)
    await upkeep()
    expect(await namesOf(rowId)).toEqual(names)
  })

  it('of a boundary in force, its clauses; of one that was replaced, nothing', async () => {
    const { world, documentId, orgs, services } = plan
    const sectionId = await world.section(documentId, orgs.hospital)
    const boundaryId = await world.boundary({ sectionId }, [
      { kind: 'org', id: orgs.hospital, max: 'manage' },
      { kind: 'org', id: orgs.county, max: 'read', ...period(5) },
    ])
    await upkeep()
    const { rows } = await services.db.query<{ id: Id }>(
      'select id from boundary_clauses where boundary_id = $1 and valid_until is not null',
      [boundaryId],
    )
    const clauseId = rows[0]?.id ?? ''
    expect(await namesOf(clauseId)).toEqual(['Clara County', 'Hanna Hospital'])
    await services.db.query('delete from notifications')
    await world.end('boundaries', boundaryId)
    at = Date.now() + 4.5 * DAY
    await upkeep()
    expect(await toldOf(clauseId)).toEqual([])
  })

  it('nothing silly: given for less than a day, for less than a week, ended before, or over', async () => {
    const { world, sections, people } = plan
    const on = { sectionId: sections.shared }
    const give = (from: number, until: number) =>
      world.grant(on, 'person', people.hospitalLead.personId, 'comment', {
        from: Date.now() + from,
        until: Date.now() + until,
      })
    const hours = await give(-HOUR, 5 * HOUR)
    const days = await give(-HOUR, 3 * DAY)
    const ended = await give(-20 * DAY, 3 * DAY)
    await world.end('grants', ended)
    await upkeep()
    expect([await toldOf(hours), await toldOf(days), await toldOf(ended)]).toEqual([[], [], []])
    at = Date.now() + 2.5 * DAY
    await upkeep()
    expect((await toldOf(days)).map((told) => told.days)).toEqual([1, 1])
    expect(await toldOf(ended)).toEqual([])
  })
})

describe('renewal', () => {
  it('lasts as long again, counted from now in whole days, at the same time of day', () => {
    const until = Date.UTC(2026, 11, 1)
    const from = until - 29.6 * DAY
    expect(renewedUntil({ from, until }, until - 7.3 * DAY)).toBe(until + 23 * DAY)
    // Renewed again and again it does not grow.
    let row = { from, until }
    for (let i = 0; i < 20; i++) {
      const now = row.until - DAY
      row = { from: now, until: renewedUntil(row, now) ?? 0 }
    }
    expect(row.until - row.from).toBeLessThanOrEqual(30.5 * DAY)
    expect(row.until - row.from).toBeGreaterThanOrEqual(29.5 * DAY)
    expect(renewedUntil({ from: until - 4 * HOUR, until }, until - HOUR)).toBe(until + 3 * HOUR)
    expect(renewedUntil({ from: until - 4 * HOUR, until }, until - 4 * HOUR)).toBeNull()
  })

  it('ends the old row and begins a new one; the person keeps the role without a gap', async () => {
    const { world, orgs, workspaceId, people, services } = plan
    const personId = await world.person(orgs.county)
    const membershipId = await world.membership(workspaceId, personId, 'editor', period(1, -9))
    const renewed = await runOperation(services, people.countyLead, renewMembership, { membershipId })
    const { rows } = await services.db.query<{ id: Id; role: string; ended: boolean }>(
      'select id, role, ended_at is not null as ended from memberships where person_id = $1 order by ended desc',
      [personId],
    )
    expect(rows).toEqual([
      { id: membershipId, role: 'editor', ended: true },
      { id: renewed.membershipId, role: 'editor', ended: false },
    ])
    expect(Date.parse(renewed.until)).toBeGreaterThan(Date.now() + 8.9 * DAY)
    await expect(
      runOperation(services, people.countyLead, renewMembership, { membershipId }),
    ).rejects.toMatchObject({ code: 'missing' })
    await expect(
      runOperation(services, people.countyLead, renewMembership, { membershipId: renewed.membershipId }),
    ).rejects.toMatchObject({ code: 'conflict' })
    const { endings } = await runOperation(services, people.countyLead, listEndings, { workspaceId })
    expect(endings.find(({ rowId }) => rowId === renewed.membershipId)).toMatchObject({
      renewal: null,
      why: expect.stringMatching(/^Given only just now/),
    })
  })

  it('of a grant is a change of sharing: to another agency it waits for the second key', async () => {
    const { world, documentId, orgs, people, services, workspaceId } = plan
    const sectionId = await world.section(documentId, orgs.weather)
    const list = async (who: keyof Plan['people']) =>
      (await runOperation(services, people[who], listEndings, { workspaceId })).endings.filter(
        ({ on }) => on?.sectionId === sectionId,
      )
    await world.grant({ sectionId }, 'person', people.countyReader.personId, 'comment', period(2))
    const [ending] = await list('weatherSteward')
    if (ending?.renewal?.by !== 'sharing') throw new Error('not offered to the steward')
    const { on, change } = ending.renewal
    const { hash, keys } = await runOperation(services, people.weatherSteward, previewSharing, { on, change })
    expect(keys.second).toBe(true)
    const outcome = await runOperation(services, people.weatherSteward, changeSharing, { on, change, hash })
    expect(outcome.applied).toBe(false)
    // The one whom it concerns sees it and cannot renew it; a member of a third agency does not see it.
    expect(await list('countyReader')).toMatchObject([{ renewal: null, kind: 'grant' }])
    expect(await list('hospitalEditor')).toEqual([])
  })

  it('guests are shown what is theirs and nobody else’s', async () => {
    const { world, orgs, workspaceId, services } = plan
    const personId = await world.person(orgs.hospital)
    const mine = await world.membership(workspaceId, personId, 'guest', period(5))
    const guest = await world.actor(personId)
    const { endings } = await runOperation(services, guest, listEndings, { workspaceId })
    expect(endings.map(({ rowId }) => rowId)).toEqual([mine])
  })
})
