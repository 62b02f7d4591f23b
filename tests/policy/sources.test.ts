import { afterAll, beforeAll, expect, test } from 'vitest'
import { trace } from '@/lib/policy/trace'
import { rankOf } from '@/lib/policy/vocabulary'
import type { Database } from '@/server/db/client'
import { createAccessChanges } from '@/server/policy/access-changes'
import type { AccessScope } from '@/server/policy/access-scope'
import { authorize, authorizeEach } from '@/server/policy/authorize'
import { openTestDatabase } from '@/tests/support/database'
import { randomWorkspace } from '@/tests/support/random-workspace'
import { threeAgencies } from '@/tests/support/three-agencies'

let db: Database
let world: Awaited<ReturnType<typeof threeAgencies>>
beforeAll(async () => {
  db = await openTestDatabase()
  world = await threeAgencies(db)
})
afterAll(() => db.close())

const read = { ask: 'level', needs: 'read' } as const

test('[R3] [R5] [R6] as loaded from random rows, nobody has more of a copy than its source lets through', async () => {
  const count = { compared: 0, narrowed: 0, allowed: 0 }
  for (let seed = 1; seed <= 100; seed++) {
    const { workspaceId, actors } = await randomWorkspace(db, seed)
    const { rows } = await db.query<{ section_id: string; source_section_id: string | null }>(
      `select section_id, source_section_id from section_sources where source_section_id is not null
       and ended_at is null and valid_from <= now() and (valid_until is null or valid_until > now())`,
    )
    for (const actor of actors) {
      const each = await authorizeEach(db, actor, { workspaceId }, read).catch(() => null)
      const byId = new Map((each?.sections ?? []).map((answer) => [answer.sectionId, answer]))
      for (const { section_id, source_section_id } of rows) {
        const [copy, source] = [byId.get(section_id), byId.get(source_section_id)]
        if (copy === undefined || source === undefined) continue
        const ceiling = trace(source.facts, read)
          .steps.filter(({ rule, cap }) => ['R3', 'R5', 'R6'].includes(rule) && cap !== null)
          .reduce((least, { cap }) => Math.min(least, rankOf(cap ?? 'none')), rankOf('manage'))
        expect(rankOf(copy.decision.level), `seed ${seed}`).toBeLessThanOrEqual(ceiling)
        count.compared++
        if (ceiling < rankOf('edit')) count.narrowed++
        if (copy.decision.allowed) count.allowed++
      }
    }
  }
  expect(count.compared).toBeGreaterThan(50)
  expect(count.narrowed).toBeGreaterThan(10)
  expect(count.allowed).toBeGreaterThan(5)
})

const copyOf = async (source: { sectionId: string } | { documentId: string }, documentId: string) => {
  const sectionId = await world.world.section(documentId, world.orgs.county)
  const sourceId = await world.world.source(sectionId, source)
  return { sectionId, sourceId }
}

test('[R3] [R5] what is set on a source, or on its document, holds for the copy until the link ends', async () => {
  const { people, orgs, documentId, workspaceId } = world
  const elsewhere = await world.world.document(workspaceId, orgs.county)
  const source = await world.world.section(elsewhere, orgs.county)
  const { sectionId, sourceId } = await copyOf({ sectionId: source }, documentId)
  const { sectionId: moved } = await copyOf({ documentId: elsewhere }, documentId)
  const may = (section: string) =>
    authorize(db, people.weatherEditor, { sectionId: section }, read).then(
      ({ decision }) => decision.level,
      (error) => error.decision.rule,
    )
  expect([await may(sectionId), await may(moved)]).toEqual(['edit', 'edit'])
  const deny = await world.world.deny({ sectionId: source }, 'org', orgs.weather)
  expect([await may(sectionId), await may(moved)]).toEqual(['R3', 'edit'])
  await world.world.end('denies', deny)
  await world.world.boundary({ documentId: elsewhere }, [{ kind: 'org', id: orgs.weather, max: 'read' }])
  expect([await may(sectionId), await may(moved)]).toEqual(['read', 'read'])
  await world.world.boundary({ sectionId: source }, [{ kind: 'org', id: orgs.county, max: 'manage' }])
  expect([await may(sectionId), await may(moved)]).toEqual(['R5', 'read'])
  await world.world.end('section_sources', sourceId)
  expect(await may(sectionId)).toBe('edit')
})

test('[R5] the answer is good until the earliest thing at a source begins or ends', async () => {
  const { people, orgs, documentId } = world
  const source = await world.world.section(documentId, orgs.county)
  const until = Date.now() + 30_000
  await world.world.boundary({ sectionId: source }, [{ kind: 'org', id: orgs.county, max: 'manage', until }])
  const { sectionId } = await copyOf({ sectionId: source }, documentId)
  expect((await authorize(db, people.countyLead, { sectionId }, read)).validUntil).toBe(until)
})

test('[R5] a link written by a node whose clock is ahead holds already', async () => {
  const { people, orgs, documentId } = world
  const source = await world.world.section(documentId, orgs.county)
  await world.world.boundary({ sectionId: source }, [{ kind: 'org', id: orgs.county, max: 'manage' }])
  const sectionId = await world.world.section(documentId, orgs.county)
  const at = Date.now()
  await world.world.source(sectionId, { sectionId: source }, { from: at + 40_000 })
  await expect(authorize(db, people.weatherEditor, { sectionId }, read, at)).rejects.toMatchObject({
    decision: { rule: 'R5' },
  })
})

test('a change of who may see a source is told of all that was copied or moved from there', async () => {
  const { orgs, workspaceId } = world
  const documentId = await world.world.document(workspaceId, orgs.county)
  const source = await world.world.section(documentId, orgs.county)
  const elsewhere = await world.world.document(workspaceId, orgs.county)
  const { sectionId: copy } = await copyOf({ sectionId: source }, elsewhere)
  const { sectionId: moved } = await copyOf({ documentId }, elsewhere)
  const released = await copyOf({ sectionId: source }, elsewhere)
  await world.world.end('section_sources', released.sourceId)
  const heard = async (scope: AccessScope) => {
    const changes = createAccessChanges()
    const scopes: AccessScope[] = []
    changes.subscribe((one) => scopes.push(one))
    await db.transaction((tx) => changes.publish(tx, scope))
    return scopes
  }
  const told = (scopes: AccessScope[]) => scopes.flatMap((one) => ('sectionId' in one ? one.sectionId : []))
  expect(told(await heard({ workspaceId, documentId, sectionId: source }))).toEqual([source, copy])
  expect(told(await heard({ workspaceId, documentId })).sort()).toEqual([copy, moved].sort())
  expect(await heard({ workspaceId, personId: 'nobody' })).toHaveLength(1)
})
