import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Actor } from '@/server/identity/actor'
import { askForGlass } from '@/server/operations/break-glass/ask-for-glass'
import { disableGlass } from '@/server/operations/break-glass/disable-glass'
import { endGlass } from '@/server/operations/break-glass/end-glass'
import { getGlass } from '@/server/operations/break-glass/get-glass'
import { hashOf } from '@/server/operations/break-glass/glass-release'
import { openGlass } from '@/server/operations/break-glass/open-glass'
import { reviewGlass } from '@/server/operations/break-glass/review-glass'
import { turnGlassKey } from '@/server/operations/break-glass/turn-glass-key'
import { getDocument } from '@/server/operations/documents/get-document'
import { type Operation, runOperation } from '@/server/operations/run-operation'
import { askAlso, authorize } from '@/server/policy/authorize'
import { remindOfGlass } from '@/server/upkeep/remind-of-glass'
import { eventsOf, openPlan, type Plan } from '@/tests/operations/plan'
import { glassIs, lookAt } from '@/tests/support/glass'

let plan: Plan
let clock = Date.now()
const opened: Plan[] = []
beforeEach(async () => {
  clock = Date.now()
  plan = await openPlan({ now: () => new Date(clock) })
  opened.push(plan)
})
afterAll(async () => {
  for (const one of opened) await one.services.close()
})

const reason = 'The hospital does not answer, and patients wait at the bridge.'
const run = <In, Out>(who: Actor, operation: Operation<In, Out>, input: In) =>
  runOperation(plan.services, who, operation, input)
const canRead = (who: Actor, sectionId = plan.sections.closed) =>
  authorize(plan.services.db, who, { sectionId }, { ask: 'level', needs: 'read' }, clock).then(
    (answer) => answer,
    () => null,
  )
const open = (who: Actor, minutes = 15) =>
  run(who, openGlass, { sectionId: plan.sections.closed, reason, minutes })
const noticesOf = async (kind: string) =>
  (
    await plan.services.db.query<{ person_id: string }>(
      'select person_id from notifications where kind = $1',
      [kind],
    )
  ).rows.map(({ person_id }) => person_id)

test('[R2] it takes a lead of the host and one of another organisation, each with a fresh proof, never one side twice', async () => {
  const { people, workspaceId, world, orgs } = plan
  const hash = hashOf(workspaceId)
  await expect(open(people.weatherEditor)).rejects.toMatchObject({ code: 'hidden' })
  await run(people.hospitalLead, askForGlass, { workspaceId })
  expect((await run(people.countyLead, getGlass, { workspaceId })).enabled).toBe(false)
  await expect(run(people.hospitalLead, turnGlassKey, { workspaceId, hash })).rejects.toMatchObject({
    code: 'denied',
  })
  const weatherLead = await world.person(orgs.weather, { name: 'Lena Weather' })
  await world.membership(workspaceId, weatherLead, 'lead')
  const another = await world.actor(weatherLead)
  // The host's key is missing: a third organisation's does not stand for it.
  await expect(run(another, turnGlassKey, { workspaceId, hash })).rejects.toMatchObject({ code: 'denied' })
  await plan.services.db.query(
    `update sessions set confirmed_at = now() - interval '6 minutes' where id = $1`,
    [people.countyLead.sessionId],
  )
  await expect(run(people.countyLead, turnGlassKey, { workspaceId, hash })).rejects.toMatchObject({
    details: { confirm: true },
  })
  await plan.services.db.query('update sessions set confirmed_at = now() where id = $1', [
    people.countyLead.sessionId,
  ])
  await expect(
    run(people.countyLead, turnGlassKey, { workspaceId, hash: '0'.repeat(64) }),
  ).rejects.toMatchObject({ code: 'conflict' })
  await run(people.countyLead, turnGlassKey, { workspaceId, hash })
  expect((await run(people.countyLead, getGlass, { workspaceId })).enabled).toBe(true)
  const [event] = await eventsOf(plan, 'break_glass.enabled')
  expect(event?.says).toMatchObject({
    details: { keys: [people.hospitalLead.personId, people.countyLead.personId] },
  })
})

test('a look: the originator is told in the same commit; one person, one section, read only, to its minute', async () => {
  const { people, sections, services } = plan
  await glassIs(plan, 'on')
  expect(await canRead(people.weatherEditor)).toBeNull()
  const { breakGlassId, until } = await open(people.weatherEditor)
  expect((await noticesOf('break_glass.opened')).sort()).toEqual([people.hospitalLead.personId])
  const answer = await canRead(people.weatherEditor)
  expect(answer?.decision).toMatchObject({ allowed: true, level: 'read' })
  expect(answer?.decision.rows).toContain(breakGlassId)
  // The open socket is asked again at this moment, and then there is nothing left.
  expect(answer?.validUntil).toBeLessThanOrEqual(Date.parse(until))
  if (answer === null) throw new Error('cannot be read')
  for (const needs of ['comment', 'suggest', 'edit', 'manage'] as const)
    expect(askAlso(answer, { ask: 'level', needs }).allowed).toBe(false)
  for (const how of ['export', 'print', 'copy'] as const)
    expect(askAlso(answer, { ask: 'handle', how, reason: 'needed' })).toMatchObject({
      allowed: false,
      rule: 'R9',
    })
  expect(await canRead(people.weatherSteward)).toBeNull()
  expect(await canRead(people.weatherEditor, sections.named)).toBeNull()
  expect(await canRead(people.auditor)).toBeNull()
  const view = await run(people.weatherEditor, getDocument, { documentId: plan.documentId })
  expect(view.sections.find(({ id }) => id === sections.closed)?.glass).toEqual({ id: breakGlassId, until })
  // Typed reasons lie beside the record, committed to.
  const [event] = await eventsOf(plan, 'break_glass.opened')
  expect(event?.canonical).not.toContain('patients')
  await expect(open(people.weatherEditor)).rejects.toMatchObject({ code: 'conflict' })
  clock = Date.parse(until)
  expect(await canRead(people.weatherEditor)).toBeNull()
  expect(services.now().getTime()).toBe(clock)
})

test('whoever cannot be told of it does not open it: without anybody to tell, nothing leaves', async () => {
  const { people, services, orgs } = plan
  await glassIs(plan, 'on')
  await services.db.query(`update people set state = 'suspended' where org_id = $1`, [orgs.hospital])
  await expect(open(people.weatherEditor)).rejects.toMatchObject({ code: 'unavailable' })
  expect(await canRead(people.weatherEditor)).toBeNull()
  expect(await noticesOf('break_glass.opened')).toEqual([])
})

test('[R3] [R2] [R4] a block, an auditor, a ceiling and a stranger get nothing, and learn nothing', async () => {
  const { people, world, sections, stranger, orgs, workspaceId } = plan
  await glassIs(plan, 'on')
  await world.deny({ sectionId: sections.closed }, 'person', people.weatherEditor.personId)
  await expect(open(people.weatherEditor)).rejects.toMatchObject({ code: 'hidden' })
  await expect(open(people.auditor)).rejects.toMatchObject({ code: 'hidden' })
  await expect(open(stranger)).rejects.toMatchObject({ code: 'hidden' })
  await expect(open(plan.elsewhere.actor)).rejects.toMatchObject({ code: 'hidden' })
  // A block that comes while it is open ends it.
  await open(people.weatherSteward)
  expect(await canRead(people.weatherSteward)).not.toBeNull()
  await world.deny({ workspaceId }, 'org', orgs.weather)
  expect(await canRead(people.weatherSteward)).toBeNull()
})

test('it is refused where it is off, and where it is not needed', async () => {
  const { people, sections } = plan
  const named = { sectionId: sections.open, reason, minutes: 15 }
  await expect(run(people.weatherEditor, openGlass, named)).rejects.toMatchObject({ code: 'denied' })
  await glassIs(plan, 'on')
  await expect(run(people.weatherEditor, openGlass, named)).rejects.toMatchObject({ code: 'invalid' })
})

test('it ends by its own hand, by the originator, and when break-glass is turned off; nobody else ends it', async () => {
  const { people, workspaceId } = plan
  await glassIs(plan, 'on')
  for (const who of [people.weatherEditor, people.hospitalLead]) {
    const { breakGlassId } = await open(people.weatherEditor)
    await expect(run(people.countyLead, endGlass, { breakGlassId })).rejects.toMatchObject({ code: 'hidden' })
    await run(who, endGlass, { breakGlassId })
    expect(await canRead(people.weatherEditor)).toBeNull()
    await expect(run(who, endGlass, { breakGlassId })).rejects.toMatchObject({ code: 'conflict' })
    clock += 1_000
  }
  await open(people.weatherEditor)
  await run(people.hospitalLead, disableGlass, { workspaceId })
  expect(await canRead(people.weatherEditor)).toBeNull()
  await expect(open(people.weatherEditor)).rejects.toMatchObject({ code: 'hidden' })
})

test('its review is the originator’s; overdue, nobody here breaks glass until it is made; reminded once each', async () => {
  const { people, services, workspaceId } = plan
  await glassIs(plan, 'on')
  const breakGlassId = await lookAt(plan, 'weatherEditor', { minutes: 15 })
  const review = { breakGlassId, verdict: 'not_justified' as const, note: 'Nobody had called.' }
  await expect(run(people.hospitalLead, reviewGlass, review)).rejects.toMatchObject({ code: 'conflict' })
  const remind = async () => {
    await services.db.transaction((tx) => remindOfGlass.run(services, tx, services.now()))
    return (await noticesOf('break_glass.due')).length
  }
  expect(await remind()).toBe(0)
  clock += 20 * 60_000
  expect([await remind(), await remind()]).toEqual([1, 1])
  clock += 60 * 3_600_000
  expect([await remind(), await remind()]).toEqual([2, 2])
  // Sessions do not last for days: everyone signs in again.
  const again = ({ personId }: Actor) =>
    plan.world.actor(personId, { expiresAt: clock + 3_600_000, seenAt: clock })
  const county = await again(people.countyLead)
  const inTime = await open(county)
  await run(county, endGlass, { breakGlassId: inTime.breakGlassId })
  clock += 30 * 3_600_000
  expect([await remind(), await remind()]).toEqual([4, 4])
  const weather = await again(people.weatherSteward)
  const hospital = await again(people.hospitalLead)
  expect((await run(weather, getGlass, { workspaceId })).blocked).toBe(true)
  const refused = await open(weather).catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: 'hidden' })
  const looks = await run(hospital, getGlass, { workspaceId })
  expect(looks.looks.map(({ overdue, can }) => [overdue, can.review])).toContainEqual([true, true])
  // Their own look is told to those who opened it; a colleague is not told of it.
  expect((await run(weather, getGlass, { workspaceId })).looks).toEqual([])
  await run(hospital, reviewGlass, review)
  await expect(run(hospital, reviewGlass, review)).rejects.toMatchObject({ code: 'conflict' })
  expect((await run(weather, getGlass, { workspaceId })).blocked).toBe(false)
  await expect(open(weather)).resolves.toBeDefined()
  expect(await noticesOf('break_glass.reviewed')).toEqual([people.weatherEditor.personId])
})

test('[R2] nobody reviews their own, nor for another organisation', async () => {
  const { people, orgs, world, workspaceId } = plan
  await glassIs(plan, 'on')
  const steward = await world.person(orgs.hospital, { name: 'Stella Hospital' })
  await world.membership(workspaceId, steward, 'steward')
  const own = await world.actor(steward)
  const breakGlassId = await world.insert('break_glass', {
    section_id: plan.sections.closed,
    person_id: steward,
    session_id: own.sessionId,
    reason,
    valid_from: new Date(clock - 120_000),
    valid_until: new Date(clock - 60_000),
  })
  const review = { breakGlassId, verdict: 'justified' as const, note: 'Fine.' }
  await expect(run(own, reviewGlass, review)).rejects.toMatchObject({ code: 'denied' })
  await expect(run(people.countyLead, reviewGlass, review)).rejects.toMatchObject({ code: 'hidden' })
  await run(people.hospitalLead, reviewGlass, review)
})
