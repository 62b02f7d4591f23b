import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '@/server/db/client'
import { authorize } from '@/server/policy/authorize'
import { openTestDatabase } from '@/tests/support/database'
import { threeAgencies } from '@/tests/support/three-agencies'

/** Nodes whose clocks do not agree: what one has just written lies in the other one's future. */
let db: Database
let world: Awaited<ReturnType<typeof threeAgencies>>

beforeAll(async () => {
  db = await openTestDatabase()
  world = await threeAgencies(db)
})
afterAll(() => db.close())

const level = { ask: 'level', needs: 'read' } as const

test.each([3, 40_000])('[R5] a boundary written %i ms ahead of our clock holds already', async (ahead) => {
  const { people, orgs, documentId } = world
  const sectionId = await world.world.section(documentId, orgs.county)
  const before = await world.world.boundary({ sectionId }, [
    { kind: 'org', id: orgs.county, max: 'manage' },
    { kind: 'org', id: orgs.weather, max: 'manage' },
  ])
  const at = Date.now()
  await authorize(db, people.weatherEditor, { sectionId }, level, at)
  await world.world.end('boundaries', before)
  await world.world.boundary({ sectionId }, [{ kind: 'org', id: orgs.county, max: 'edit' }], {
    from: at + ahead,
  })
  // The other agency is out at once; who may see it is not shut out meanwhile.
  await expect(authorize(db, people.weatherEditor, { sectionId }, level, at)).rejects.toMatchObject({
    decision: { rule: 'R5' },
  })
  expect((await authorize(db, people.countyLead, { sectionId }, level, at)).decision.level).toBe('edit')
})

test('[R5] a clause that is to begin later does not begin with its boundary', async () => {
  const { people, orgs, documentId } = world
  const sectionId = await world.world.section(documentId, orgs.county)
  const at = Date.now()
  await world.world.boundary(
    { sectionId },
    [
      { kind: 'org', id: orgs.county, max: 'edit' },
      { kind: 'org', id: orgs.weather, max: 'edit', from: at + 60 * 60_000 },
    ],
    { from: at + 1_000 },
  )
  await expect(authorize(db, people.weatherEditor, { sectionId }, level, at)).rejects.toMatchObject({
    decision: { rule: 'R5' },
  })
})
