import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '@/server/db/client'
import type { OperationContext } from '@/server/operations/run-operation'
import { listedDocuments } from '@/server/operations/shaping/listed-documents'
import { documentRows, shownDocuments } from '@/server/operations/shaping/shown-documents'
import { openTestDatabase } from '@/tests/support/database'
import { randomWorkspace } from '@/tests/support/random-workspace'

let db: Database
beforeAll(async () => {
  db = await openTestDatabase()
})
afterAll(() => db.close())

test('[R0] a list that looks at few sections shows the same rows as one that looks at all', async () => {
  const seen = { rows: 0, hidden: 0, raised: 0, looked: 0, all: 0 }
  const check = async (seed: number) => {
    const { workspaceId, actors } = await randomWorkspace(db, seed)
    for (const actor of actors) {
      const context = { tx: db, actor, at: new Date() } as unknown as OperationContext
      const whole = await shownDocuments(context, { workspaceId }).catch(() => null)
      if (whole === null) continue
      const listed = await listedDocuments(context, workspaceId, 'labels')
      const rows = await documentRows(context, whole)
      expect(await documentRows(context, listed), `seed ${seed}`).toEqual(rows)
      const counted = await listedDocuments(context, workspaceId, 'count')
      expect([...counted.keys()], `seed ${seed}`).toEqual([...whole.keys()])
      seen.rows += rows.length
      for (const { document, sections } of whole.values()) {
        seen.all += sections.length
        if (document.decision.level === 'none') seen.hidden++
        const own = document.facts.document?.label?.rank ?? 0
        if (sections.some(({ facts }) => (facts.section?.label?.rank ?? 0) > own)) seen.raised++
      }
      for (const { sections } of listed.values()) seen.looked += sections.length
    }
  }
  await fc.assert(fc.asyncProperty(fc.nat(), check), { numRuns: 25, seed: 12 })
  // All three kinds of documents were there, and fewer sections were looked at.
  expect(seen.rows).toBeGreaterThan(50)
  expect(seen.hidden).toBeGreaterThan(0)
  expect(seen.raised).toBeGreaterThan(0)
  expect(seen.looked).toBeLessThan(seen.all)
}, 120_000)
