import { afterAll, beforeAll, expect, test } from 'vitest'
import { getDocument } from '@/server/operations/documents/get-document'
import { viewAs } from '@/server/operations/explain/view-as'
import { runOperation } from '@/server/operations/run-operation'
import { eventsOf, openPlan, type Plan } from '@/tests/operations/plan'

let plan: Plan
beforeAll(async () => {
  plan = await openPlan()
})
afterAll(() => plan.services.close())

type Who = keyof Plan['people']
const seen = (viewer: Who, as: Parameters<typeof viewAs.run>[1]['as']) =>
  runOperation(plan.services, plan.people[viewer], viewAs, { documentId: plan.documentId, as })
const own = async (who: Who) =>
  (await runOperation(plan.services, plan.people[who], getDocument, { documentId: plan.documentId })).sections

const WHO = ['countyReader', 'weatherEditor', 'hospitalEditor', 'hospitalLead', 'reviewer'] as const

test.each(WHO)('as %s: what they see themselves, and no more than the viewer knows of', async (who) => {
  const theirs = new Map((await own(who)).map(({ id, level }) => [id, level]))
  for (const viewer of ['countyLead', 'weatherSteward', 'hospitalLead'] as const) {
    const known = (await own(viewer)).map(({ id }) => id)
    const view = await seen(viewer, { personId: plan.people[who].personId })
    expect(view.sections.map(({ id }) => id)).toEqual(known)
    for (const { id, title, label, most, least } of view.sections) {
      expect([id, most]).toEqual([id, theirs.get(id) ?? 'none'])
      expect(least).toBe(most)
      // Where they would not know of it, neither its title nor its marking is shown.
      expect(title === null).toBe(!theirs.has(id))
      expect(label === null).toBe(!theirs.has(id))
    }
  }
  const [event] = await eventsOf(plan, 'document.viewed_as')
  expect(event?.says).toMatchObject({ object: { target: plan.people[who].personId } })
})

test('as an agency: the least and the most that anyone with the role there has', async () => {
  const { orgs, sections, people, world } = plan
  await world.grant({ sectionId: sections.open }, 'person', people.hospitalEditor.personId, 'manage')
  const group = await world.group(orgs.hospital)
  await world.deny({ sectionId: sections.open }, 'group', group)
  const { sections: list } = await seen('countyLead', { orgId: orgs.hospital, role: 'reader' })
  const open = list.find(({ id }) => id === sections.open)
  expect(open).toMatchObject({ least: 'none', most: 'manage' })
  const named = list.find(({ id }) => id === sections.named)
  expect(named).toMatchObject({ least: 'none', most: 'read' })
  const shared = list.find(({ id }) => id === sections.shared)
  expect(shared).toMatchObject({ least: 'none', most: 'none', title: null, rule: 'R5' })
})

test('a section whose marking and boundary do not agree says so, to those who rule over it, with a way out', async () => {
  const { sections, people, orgs, services } = plan
  const { rows } = await services.db.query<{ label: string }>('select label from sections where id = $1', [
    sections.shared,
  ])
  expect(rows[0]?.label).toBe('TLP:GREEN')
  await services.db.query(`update sections set label = 'TLP:AMBER+STRICT' where id = $1`, [sections.shared])
  const ruled = (await own('weatherSteward')).find(({ id }) => id === sections.shared)
  expect(ruled?.contradiction?.fix).toMatchObject({
    words: 'Keep only our organisation',
    boundary: [{ subjectKind: 'org', subjectId: orgs.weather, maxLevel: 'manage', until: null }],
  })
  const read = (await own('countyReader')).find(({ id }) => id === sections.shared)
  expect(read?.contradiction).toBeNull()
  expect(people.countyReader.orgId).toBe(orgs.county)
})
