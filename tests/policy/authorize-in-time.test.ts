import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '@/lib/ids'
import type { Boundary } from '@/lib/policy/facts'
import type { Database } from '@/server/db/client'
import { askAlso, authorize, type Refusal } from '@/server/policy/authorize'
import { whoCan } from '@/server/policy/who-can'
import { openTestDatabase } from '@/tests/support/database'
import { threeAgencies } from '@/tests/support/three-agencies'
import { worldIn } from '@/tests/support/world'

let db: Database
let scene: Awaited<ReturnType<typeof threeAgencies>>
beforeAll(async () => {
  db = await openTestDatabase()
  scene = await threeAgencies(db)
})
afterAll(() => db.close())

const discover = { ask: 'level', needs: 'discover' } as const
const refusal = (promise: Promise<unknown>): Promise<Refusal> =>
  promise.then(
    () => expect.fail('was allowed'),
    (error) => error,
  )

describe('time', () => {
  const minutes = (n: number) => Date.now() + n * 60_000

  test('a row that has been ended is over at once, even when the clocks of two nodes differ', async () => {
    const { world, orgs, workspaceId, sections } = scene
    const personId = await world.person(orgs.county)
    const endedAt = Date.now() + 2_000
    await world.membership(workspaceId, personId, 'editor', { endedAt })
    const actor = await world.actor(personId)
    expect((await refusal(authorize(db, actor, { sectionId: sections.open }, discover))).code).toBe('hidden')
  })

  test('who could see this then: rows are judged as they were at that moment', async () => {
    const { world, orgs, workspaceId, documentId, people } = scene
    const sectionId = await world.section(documentId, orgs.county)
    const clause = { kind: 'org', id: orgs.weather, max: 'read' } as const
    await world.boundary({ sectionId }, [clause], { from: minutes(-50), endedAt: minutes(-30) })
    await world.boundary({ sectionId }, [{ ...clause, id: orgs.county }], { from: minutes(-30) })
    const levelAt = async (at: number) => {
      const panel = await whoCan(db, { sectionId }, undefined, at)
      return panel.find((person) => person.personId === people.weatherEditor.personId)?.decision.level
    }
    expect(await levelAt(minutes(-55))).toBe('edit')
    expect(await levelAt(minutes(-40))).toBe('read')
    expect(await levelAt(minutes(-20))).toBe('none')
    expect(await levelAt(Date.now())).toBe('none')
    const personId = await world.person(orgs.weather)
    await world.membership(workspaceId, personId, 'reader', { from: minutes(-20) })
    expect(
      (await whoCan(db, { sectionId }, undefined, minutes(-40))).some((p) => p.personId === personId),
    ).toBe(false)
  })

  test('validUntil is the next moment at which any row, boundary or session begins or ends', async () => {
    const { world, orgs, workspaceId, documentId } = scene
    const personId = await world.person(orgs.county)
    await world.membership(workspaceId, personId, 'editor', { until: minutes(50) })
    const actor = await world.actor(personId, { expiresAt: minutes(60) })
    const sectionId = await world.section(documentId, orgs.county)
    const validUntil = async () => (await authorize(db, actor, { sectionId }, discover)).validUntil
    const first = (await validUntil()) ?? 0
    expect(Math.abs(first - minutes(50))).toBeLessThan(5_000)
    await world.deny({ sectionId }, 'person', actor.personId, { from: minutes(40) })
    expect(Math.abs(((await validUntil()) ?? 0) - minutes(40))).toBeLessThan(5_000)
    await world.boundary({ sectionId }, [], { from: minutes(30) })
    expect(Math.abs(((await validUntil()) ?? 0) - minutes(30))).toBeLessThan(5_000)
    const brief = await world.actor(personId, { expiresAt: minutes(10) })
    const soon = (await authorize(db, brief, { sectionId }, discover)).validUntil ?? 0
    expect(Math.abs(soon - minutes(10))).toBeLessThan(5_000)
  })

  test('of overlapping memberships the later one takes over when it begins', async () => {
    const { world, orgs, workspaceId, sections } = scene
    const personId = await world.person(orgs.weather)
    await world.membership(workspaceId, personId, 'editor', { from: minutes(-50), endedAt: minutes(-20) })
    await world.membership(workspaceId, personId, 'reader', { from: minutes(-30) })
    const actor = await world.actor(personId)
    const then = await authorize(db, actor, { sectionId: sections.open }, discover, minutes(-40))
    expect(then.decision.level).toBe('edit')
    expect(Math.abs((then.validUntil ?? 0) - minutes(-30))).toBeLessThan(5_000)
    const later = await authorize(db, actor, { sectionId: sections.open }, discover, minutes(-25))
    expect(later.decision.level).toBe('read')
  })
})

describe('previews and further questions', () => {
  test('a hypothetical boundary changes the answer and nothing in the database', async () => {
    const { people, sections, orgs } = scene
    const ref = { sectionId: sections.open }
    const who = async (hypothetical?: Boundary | null) =>
      (
        await whoCan(db, ref, (facts) =>
          hypothetical === undefined || facts.section === null
            ? facts
            : { ...facts, section: { ...facts.section, boundary: hypothetical } },
        )
      )
        .filter((p) => p.decision.allowed)
        .map((p) => p.personId)
    const before = await who()
    const clause = { id: newId(), subjectKind: 'org', subjectId: orgs.weather, maxLevel: 'read' } as const
    const onlyWeather = { id: newId(), clauses: [{ ...clause, validity: { from: 0, until: null } }] }
    const after = await who(onlyWeather)
    expect(before).toContain(people.countyLead.personId)
    expect(after).toContain(people.weatherEditor.personId)
    expect(after).not.toContain(people.countyLead.personId)
    expect(await who({ id: newId(), clauses: [] })).toEqual([])
    expect(await who()).toEqual(before)
    expect(await who(null)).toEqual(before)
  })

  test('askAlso answers from the same facts', async () => {
    const answer = await authorize(db, scene.people.countyLead, { sectionId: scene.sections.open }, discover)
    expect(askAlso(answer, { ask: 'govern' }).allowed).toBe(true)
    expect(askAlso(answer, { ask: 'handle', how: 'export', reason: 'x' }).rule).toBe('R9')
  })

  test('inside a transaction the transaction is what is read', async () => {
    const { world, orgs, workspaceId, sections } = scene
    const personId = await world.person(orgs.county)
    const actor = await world.actor(personId)
    await db.transaction(async (tx) => {
      await worldIn(tx).membership(workspaceId, personId, 'reader')
      await authorize(tx, actor, { sectionId: sections.open }, discover)
    })
  })

  test('[R0] a label or a role that this version does not know denies', async () => {
    const { world, documentId, orgs, people } = scene
    const sectionId = await world.section(documentId, orgs.county, { label: 'TLP:PURPLE' })
    const error = await refusal(authorize(db, people.countyLead, { sectionId }, discover))
    expect([error.code, error.decision.rule]).toEqual(['hidden', 'R0'])
  })
})
