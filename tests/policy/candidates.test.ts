import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '@/server/db/client'
import { authorizeEach } from '@/server/policy/authorize'
import { listCandidates } from '@/server/policy/candidates'
import { openTestDatabase } from '@/tests/support/database'
import { randomWorkspace } from '@/tests/support/random-workspace'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

test('SQL never drops what decide would let one discover, and lists nothing absurd', async () => {
  const count = { asked: 0, allowed: 0, listed: 0 }
  const check = async (seed: number) => {
    const { workspaceId, actors } = await randomWorkspace(db, seed)
    for (const actor of actors) {
      const listed = await listCandidates(db, actor.personId, { workspaceId })
      const keys = new Set(listed.map((row) => row.sectionId ?? row.documentId))
      const each = await authorizeEach(db, actor, { workspaceId }, { ask: 'level', needs: 'discover' }).catch(
        () => null,
      )
      const all = each === null ? [] : [...each.documents, ...each.sections]
      for (const { decision, sectionId, documentId } of all) {
        count.asked++
        if (!decision.allowed) continue
        count.allowed++
        const isHidden = sectionId !== null && !keys.has(documentId as string)
        if (!isHidden) expect([...keys], `seed ${seed}`).toContain(sectionId ?? documentId)
        else expect.fail(`seed ${seed}: the document of an allowed section is not listed`)
      }
      count.listed += listed.length
    }
  }
  await fc.assert(fc.asyncProperty(fc.nat(), check), { numRuns: 25, seed: 11 })
  // The comparison has looked at enough, on both sides, and the list is a filter at all.
  expect(count.asked).toBeGreaterThan(800)
  expect(count.allowed / count.asked).toBeGreaterThan(0.1)
  expect(count.listed).toBeLessThan(count.asked)
}, 120_000)

test('a list can be kept to one document', async () => {
  const { actors, workspaceId } = await randomWorkspace(db, 3)
  for (const actor of actors) {
    const all = await listCandidates(db, actor.personId, { workspaceId })
    for (const documentId of new Set(all.map((row) => row.documentId))) {
      const some = await listCandidates(db, actor.personId, { documentId })
      expect(some).toEqual(all.filter((row) => row.documentId === documentId))
    }
  }
})
