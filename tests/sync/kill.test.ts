import { expect, test } from 'vitest'
import { runKillTrials } from '@/tests/faults/kill-trials'

/** Two here; `tests/faults/kill.ts` runs as many as it is told (30 in .ci/run). */
test('kill -9 at random moments loses nothing that anybody had seen or that was acknowledged', async () => {
  const seed = Date.now() % 1_000_000
  const report = await runKillTrials(2, seed)
  expect(report.broken, `seed ${seed}`).toEqual([])
  expect(report.promised).toBeGreaterThan(0)
}, 240_000)
