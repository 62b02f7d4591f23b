import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Id } from '@/lib/ids'
import { turnKey } from '@/server/operations/releases/turn-key'
import { runOperation } from '@/server/operations/run-operation'
import { freezeSection } from '@/server/operations/sections/freeze-section'
import { unfreezeSection } from '@/server/operations/sections/unfreeze-section'
import { getSharing } from '@/server/operations/sharing/get-sharing'
import { previewSharing } from '@/server/operations/sharing/preview-sharing'
import { recallSharing } from '@/server/operations/sharing/recall-sharing'
import { eventsOf, openPlan, type Plan } from '@/tests/operations/plan'
import { changeAs } from '@/tests/operations/sharing/pending-release'

let plan: Plan
let sectionId: Id
beforeAll(async () => {
  plan = await openPlan()
})
afterAll(() => plan.services.close())
beforeEach(async () => {
  sectionId = await plan.world.section(plan.documentId, plan.orgs.county)
})

const org = (subjectId: Id, maxLevel: 'manage' | 'edit' | 'read') =>
  ({ subjectKind: 'org', subjectId, maxLevel, until: null }) as const
const person = (subjectId: Id, maxLevel: 'manage' | 'read') =>
  ({ subjectKind: 'person', subjectId, maxLevel, until: null }) as const
const see = (who: keyof Plan['people']) =>
  runOperation(plan.services, plan.people[who], getSharing, { on: { sectionId } })
const boundaryNow = async () =>
  (await see('countyLead')).clauses?.map(({ subjectId, maxLevel }) => [subjectId, maxLevel])

describe('[R8] freezing', () => {
  it('acts at once and says who can write no more', async () => {
    const { people, services } = plan
    const on = { sectionId }
    const view = await runOperation(services, people.countyLead, previewSharing, {
      on,
      change: { frozen: true },
    })
    expect(view.gain).toEqual([])
    expect(view.lose.map(({ person: { name }, to }) => [name, to])).toContainEqual(['Walt Weather', 'read'])
    await runOperation(services, people.countyLead, freezeSection, on)
    expect((await see('weatherEditor')).frozen).toBe(true)
    expect((await eventsOf(plan, 'section.frozen')).length).toBeGreaterThan(0)
  })

  it('a thaw lets others write again: it waits for the second key', async () => {
    const { people, services } = plan
    const on = { sectionId }
    await runOperation(services, people.countyLead, freezeSection, on)
    await expect(runOperation(services, people.countyLead, unfreezeSection, on)).rejects.toMatchObject({
      code: 'conflict',
    })
    const { hash, outcome } = await changeAs(plan, people.countyLead, on, { frozen: false })
    if (outcome.applied) throw new Error('thawed with one key')
    expect((await see('countyLead')).frozen).toBe(true)
    expect((await see('countyLead')).releases).toMatchObject([{ id: outcome.releaseId }])
    await runOperation(services, people.weatherSteward, turnKey, { releaseId: outcome.releaseId, hash })
    expect((await see('countyLead')).frozen).toBe(false)
  })

  it('what is let in behind a freeze is seen as what the thaw would bring', async () => {
    const { people, orgs, services } = plan
    const on = { sectionId }
    await changeAs(plan, people.countyLead, on, { boundary: [org(orgs.county, 'manage')] })
    const view = await runOperation(services, people.countyLead, previewSharing, {
      on,
      change: { frozen: true, boundary: [org(orgs.county, 'manage'), org(orgs.weather, 'edit')] },
    })
    expect(view.gain).toContainEqual(expect.objectContaining({ to: 'edit' }))
    expect(view.keys.second).toBe(true)
  })

  it('is of sections only', async () => {
    const { people, services, documentId } = plan
    const on = { documentId }
    await expect(
      runOperation(services, people.countyLead, previewSharing, { on, change: { frozen: true } }),
    ).rejects.toMatchObject({ code: 'invalid' })
  })
})

it('a removed section may come back: a document is not opened wider behind it', async () => {
  const { people, orgs, world, workspaceId } = plan
  const documentId = await world.document(workspaceId, orgs.county, { title: 'Joint' })
  await world.section(documentId, orgs.weather, { title: 'Gone', removedAt: Date.now() })
  await world.boundary({ documentId }, [
    { kind: 'org', id: orgs.county, max: 'manage' },
    { kind: 'org', id: orgs.weather, max: 'manage' },
  ])
  const view = await runOperation(plan.services, people.countyLead, previewSharing, {
    on: { documentId },
    change: { boundary: null },
  })
  expect(view.keys.originators.map(({ id }) => id).sort()).toEqual([orgs.county, orgs.weather].sort())
  // Its title is nobody's business but its own organisation's.
  expect(view.gain.every(({ sectionId: of }) => of === null)).toBe(true)
})

describe('recall', () => {
  const recall = (who: keyof Plan['people']) =>
    runOperation(plan.services, plan.people[who], recallSharing, { on: { sectionId } })

  it('leaves the own agency, at once, and is on record as narrowing', async () => {
    await recall('countyLead')
    expect(await boundaryNow()).toEqual([[plan.orgs.county, 'manage']])
    await expect(see('weatherEditor')).rejects.toMatchObject({ code: 'hidden' })
    const [event] = await eventsOf(plan, 'boundary.narrowed')
    expect(event).toMatchObject({ section_id: sectionId, says: { volume: { gain: 0 } } })
    expect((await eventsOf(plan, 'sharing.recalled'))[0]).toMatchObject({ section_id: sectionId })
  })

  it('lets in nobody of the own agency who was not named before', async () => {
    const { people, orgs } = plan
    const named = [person(people.countyLead.personId, 'manage'), org(orgs.weather, 'read')]
    await changeAs(plan, people.countyLead, { sectionId }, { boundary: named })
    await recall('countyLead')
    expect(await boundaryNow()).toEqual([[people.countyLead.personId, 'manage']])
    await expect(see('countyReader')).rejects.toMatchObject({ code: 'hidden' })
  })

  it('ends what waits for keys', async () => {
    const { people, orgs } = plan
    await changeAs(plan, people.countyLead, { sectionId }, { boundary: [org(orgs.county, 'manage')] })
    const { outcome } = await changeAs(plan, people.countyLead, { sectionId }, { boundary: null })
    expect(outcome.applied).toBe(false)
    await recall('countyLead')
    expect((await see('countyLead')).releases).toEqual([])
    expect((await eventsOf(plan, 'release.voided'))[0]).toMatchObject({ section_id: sectionId })
  })

  it('is the originator’s alone', async () => {
    await expect(recall('weatherSteward')).rejects.toMatchObject({ code: 'denied' })
  })
})

it('who was let in and kept out by name is shown to those who decide, and to nobody else', async () => {
  const { people, world } = plan
  await world.grant({ sectionId }, 'person', people.guest.personId, 'read')
  await world.deny({ sectionId }, 'person', people.hospitalEditor.personId)
  const own = await see('countyLead')
  expect(own.grants).toMatchObject([{ subjectId: people.guest.personId, level: 'read' }])
  expect(own.denies).toMatchObject([{ subjectId: people.hospitalEditor.personId, name: 'Hugo Hospital' }])
  expect(own.people.find(({ id }) => id === people.guest.personId)?.byRole).toBe('read')
  expect(await see('weatherSteward')).toMatchObject({ grants: [], denies: [], people: [], groups: [] })
})
