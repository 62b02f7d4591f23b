import { afterAll, beforeAll, expect, it } from 'vitest'
import { ALL_PROCEDURES, type MatrixBed, openMatrix, ROLES } from '@/tests/api/matrix/bed'
import { type Checked, checkProcedure, summaryOf } from '@/tests/api/matrix/check'

let bed: MatrixBed
const all: Checked[] = []
beforeAll(async () => {
  bed = await openMatrix()
})
afterAll(async () => {
  await bed.close()
  process.stdout.write(`${summaryOf(all)}\n`)
})

it.each(ALL_PROCEDURES.map(({ path }) => path))('[R0] %s, by every role, with every id', async (path) => {
  const checked = await checkProcedure(bed, path)
  all.push(checked)
  expect(checked.problems).toEqual([])
  expect(checked.calls).toBeGreaterThanOrEqual(ROLES.length * (1 + checked.places.length))
})

it('the matrix has looked at enough, and at both sides', () => {
  expect(all.length).toBe(ALL_PROCEDURES.length)
  expect(all.length).toBeGreaterThan(45)
  expect(all.filter(({ places }) => places.length > 0).length).toBeGreaterThan(30)
  expect(all.every(({ refused, path }) => refused > 0 || path === 'entry.banner')).toBe(true)
})
