import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '@/lib/ids'
import type { BoundaryInput, ClauseInput } from '@/lib/views/boundary'
import type { Actor } from '@/server/identity/actor'
import { runOperation } from '@/server/operations/run-operation'
import { freezeSection } from '@/server/operations/sections/freeze-section'
import { markSection } from '@/server/operations/sections/mark-section'
import { unfreezeSection } from '@/server/operations/sections/unfreeze-section'
import { changeSharing } from '@/server/operations/sharing/change-sharing'
import { getSharing } from '@/server/operations/sharing/get-sharing'
import { previewSharing } from '@/server/operations/sharing/preview-sharing'
import type { AccessScope } from '@/server/policy/access-scope'
import { eventsOf, openPlan, type Plan } from '@/tests/operations/plan'

let plan: Plan
const published: AccessScope[] = []
beforeAll(async () => {
  plan = await openPlan()
  plan.services.accessChanges.subscribe((scope) => published.push(scope))
})
afterAll(() => plan.services.close())
let sectionId: string
beforeEach(async () => {
  published.length = 0
  sectionId = await plan.world.section(plan.documentId, plan.orgs.county)
})

const org = (subjectId: string, maxLevel: ClauseInput['maxLevel'] = 'manage', until: string | null = null) =>
  ({ subjectKind: 'org', subjectId, maxLevel, until }) as const
const person = (subjectId: string, maxLevel: ClauseInput['maxLevel'] = 'manage') =>
  ({ subjectKind: 'person', subjectId, maxLevel, until: null }) as const

const preview = (actor: Actor, boundary: BoundaryInput) =>
  runOperation(plan.services, actor, previewSharing, { on: { sectionId }, change: { boundary } })
const set = async (actor: Actor, boundary: BoundaryInput) => {
  const { hash } = await preview(actor, boundary)
  return runOperation(plan.services, actor, changeSharing, { on: { sectionId }, change: { boundary }, hash })
}
const namesOf = (changes: { person: { name: string } }[]) =>
  changes.map((change) => change.person.name).sort()

describe('narrowing', () => {
  it('[R5] shows exactly who loses before it applies, and acts at once', async () => {
    const { people, orgs } = plan
    const change = await preview(people.countyLead, [org(orgs.county), org(orgs.weather, 'read')])
    expect(change).toMatchObject({ widens: false, allowed: true, why: null, gain: [] })
    expect(namesOf(change.lose)).toEqual([
      'Hanna Hospital',
      'Hugo Hospital',
      'Rita Weather',
      'Walt Weather',
      'Wendy Weather',
    ])
    expect(published).toEqual([])
    await set(people.countyLead, [org(orgs.county), org(orgs.weather, 'read')])
    expect(published).toEqual([{ workspaceId: plan.workspaceId, documentId: plan.documentId, sectionId }])
    const [event] = await eventsOf(plan, 'boundary.narrowed')
    expect(event?.says).toMatchObject({ volume: { gain: 0, lose: 5 } })
    await expect(
      runOperation(plan.services, people.hospitalEditor, getSharing, { on: { sectionId } }),
    ).rejects.toMatchObject({
      code: 'hidden',
    })
    const view = await runOperation(plan.services, people.countyReader, getSharing, { on: { sectionId } })
    expect(view.who.map(({ agency }) => agency.name)).not.toContain('Hospital Network')
    expect(view.can).toEqual({ change: false, why: expect.stringContaining('ask a steward of County') })
  })

  it('ends the old boundary and keeps its row', async () => {
    const { people, orgs } = plan
    await set(people.countyLead, [org(orgs.county)])
    await set(people.countyLead, [org(orgs.county), person(people.countyReader.personId)])
    const { rows } = await plan.services.db.query(
      'select ended_at, ended_by from boundaries where section_id = $1',
      [sectionId],
    )
    expect(rows).toContainEqual({ ended_at: expect.any(Date), ended_by: people.countyLead.personId })
    expect(rows).toHaveLength(2)
  })
})

describe('widening', () => {
  it('inside the originator’s own organisation is its alone, at once, and on record as widening', async () => {
    const { people, orgs } = plan
    await set(people.countyLead, [person(people.countyLead.personId)])
    const wider = [person(people.countyLead.personId), org(orgs.county, 'read')]
    const change = await preview(people.countyLead, wider)
    expect(namesOf(change.gain)).toEqual(['Carl County'])
    expect(change.keys).toEqual({ originators: [], second: false })
    expect(await set(people.countyLead, wider)).toEqual({ applied: true })
    const [event] = await eventsOf(plan, 'boundary.widened')
    expect(event?.says).toMatchObject({ volume: { gain: 1, lose: 0 } })
  })

  it('beyond it names who would gain, changes nothing, and waits for a second key', async () => {
    const { people, orgs } = plan
    await set(people.countyLead, [org(orgs.county)])
    const wider = [org(orgs.county), org(orgs.weather, 'read')]
    const change = await preview(people.countyLead, wider)
    expect(namesOf(change.gain)).toEqual(['Rita Weather', 'Walt Weather', 'Wendy Weather'])
    expect(change.keys).toMatchObject({ originators: [{ id: orgs.county }], second: true })
    published.length = 0
    expect(await set(people.countyLead, wider)).toEqual({ applied: false, releaseId: expect.any(String) })
    expect(published).toEqual([])
    await expect(
      runOperation(plan.services, people.weatherEditor, getSharing, { on: { sectionId } }),
    ).rejects.toMatchObject({ code: 'hidden' })
  })

  it('[R7] is refused to whoever was granted manage, with whom to ask', async () => {
    const { people, orgs, world } = plan
    await set(people.countyLead, [org(orgs.county), person(people.weatherEditor.personId)])
    await world.grant({ sectionId }, 'person', people.weatherEditor.personId, 'manage')
    const wider = [org(orgs.county), org(orgs.weather)]
    const change = await preview(people.weatherEditor, wider)
    expect(change.allowed).toBe(false)
    expect(change.why).toBe(
      'Only County Emergency Management can change who sees this. Ask a steward of County Emergency Management.',
    )
    await expect(set(people.weatherEditor, wider)).rejects.toMatchObject({
      code: 'denied',
      details: { rule: 'R7' },
    })
    await expect(set(people.weatherEditor, [org(orgs.county)])).resolves.toEqual({ applied: true })
  })

  it('is one too when only a later end date would let somebody in longer', async () => {
    const { people, orgs } = plan
    const soon = new Date(Date.now() + 3_600_000).toISOString()
    await set(people.countyLead, [org(orgs.county), org(orgs.weather, 'read', soon)])
    const longer = await preview(people.countyLead, [org(orgs.county), org(orgs.weather, 'read')])
    expect(longer.widens).toBe(true)
    expect(longer.gain.every(({ from, to }) => from === 'none' && to === 'read')).toBe(true)
  })

  it('[R8] is seen in a frozen section as what a thaw would bring', async () => {
    const { people, orgs, services } = plan
    await set(people.countyLead, [org(orgs.county), org(orgs.weather, 'read')])
    await runOperation(services, people.countyLead, freezeSection, { sectionId })
    const change = await preview(people.countyLead, [org(orgs.county), org(orgs.weather, 'edit')])
    expect(namesOf(change.gain)).toEqual(['Rita Weather', 'Walt Weather', 'Wendy Weather'])
    await runOperation(services, people.countyLead, unfreezeSection, { sectionId })
  })
})

describe('refused', () => {
  it('when something changed since the preview', async () => {
    const { people, orgs, services } = plan
    const boundary = [org(orgs.county)]
    const { hash } = await preview(people.countyLead, boundary)
    await set(people.countyLead, [org(orgs.county), org(orgs.weather, 'read')])
    await expect(
      runOperation(services, people.countyLead, changeSharing, {
        on: { sectionId },
        change: { boundary },
        hash,
      }),
    ).rejects.toMatchObject({ code: 'conflict' })
  })

  it('when nobody of the originator could manage it, now or after an end date', async () => {
    const { people, orgs } = plan
    await expect(set(people.countyLead, [])).rejects.toMatchObject({ code: 'invalid' })
    await expect(set(people.countyLead, [org(orgs.county, 'edit')])).rejects.toMatchObject({
      code: 'invalid',
    })
    const soon = new Date(Date.now() + 3_600_000).toISOString()
    const change = await preview(people.countyLead, [org(orgs.county, 'manage', soon)])
    expect(change).toMatchObject({ allowed: false, why: expect.stringContaining('without an end') })
  })

  it('when it names nobody of this workspace, whoever that is, or somebody twice', async () => {
    const { people, orgs, elsewhere } = plan
    const refusals = await Promise.all(
      [elsewhere.orgId, newId()].map((id) =>
        preview(people.countyLead, [org(orgs.county), org(id)]).catch((error: Error) => error.message),
      ),
    )
    expect(refusals[0]).toMatch(/^invalid/)
    expect(refusals[1]).toBe(refusals[0])
    await expect(preview(people.countyLead, [org(orgs.county), org(orgs.county)])).rejects.toMatchObject({
      code: 'invalid',
    })
  })
})

describe('marking', () => {
  const mark = (label: string) =>
    runOperation(plan.services, plan.people.countyLead, markSection, { sectionId, label })

  it('[R6] TLP:RED without named people is refused, with how to fix it', async () => {
    await expect(mark('TLP:RED')).rejects.toMatchObject({
      code: 'invalid',
      forPeople: expect.stringContaining('First name them in the boundary'),
    })
    await expect(mark('TLP:PURPLE')).rejects.toMatchObject({ code: 'invalid' })
  })

  it('[R6] TLP:RED narrows to who is named, and relaxing it is counted as a widening', async () => {
    const { people, orgs } = plan
    await set(people.countyLead, [org(orgs.county), person(people.countyLead.personId)])
    await mark('TLP:RED')
    const [narrowed] = await eventsOf(plan, 'section.marked')
    expect(narrowed?.says).toMatchObject({ volume: { gain: 0, lose: 1 } })
    await mark('TLP:AMBER')
    const [relaxed] = await eventsOf(plan, 'section.marked')
    expect(relaxed?.says).toMatchObject({
      volume: { gain: 1, lose: 0 },
      details: { gain: [people.countyReader.personId] },
    })
    expect(published.at(-1)).toMatchObject({ sectionId })
  })

  it('[R6] is refused where it would shut the originator out', async () => {
    const { people, orgs } = plan
    await set(people.countyLead, [org(orgs.county), person(people.countyReader.personId)])
    await expect(mark('TLP:RED')).rejects.toMatchObject({ code: 'invalid' })
  })
})
