import { expect, test } from 'vitest'
import { runFuzz } from '@/tests/fuzz/run-fuzz'

/** A few seconds here; `tests/fuzz/main.ts` runs as long as it is told (60 s in .ci/run). */
test('one thing wrong in valid updates, and random frames: refused or the same everywhere, and the process lives', async () => {
  const seed = Date.now() % 1_000_000
  const report = await runFuzz(4, seed)
  const why = `seed ${seed}`
  expect(report.wrong, why).toEqual([])
  expect(report.escaped, why).toEqual([])
  expect(report.receive.max, why).toBeLessThan(50)
  expect(report.accepted, why).toBeGreaterThan(0)
  expect(report.refused, why).toBeGreaterThan(0)
}, 120_000)
