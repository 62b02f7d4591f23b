import { describe, expect, it } from 'vitest'
import { inWords, limitsHere, phaseOf } from '@/app/_session/session-phase'

const MINUTE = 60_000

describe('the warning before a session ends', () => {
  const limits = { idleEndsAt: 30 * MINUTE, endsAt: 720 * MINUTE }

  it.each([
    [0, 'fine', 'idle', MINUTE],
    [27.5 * MINUTE, 'fine', 'idle', MINUTE / 2],
    [28 * MINUTE, 'warning', 'idle', 1000],
    [30 * MINUTE - 1, 'warning', 'idle', 1],
    [30 * MINUTE, 'over', 'idle', 0],
  ])('at %d ms: %s by %s', (now, phase, by, next) => {
    expect(phaseOf(limits, now)).toMatchObject({ phase, by, next })
  })

  it('names the absolute limit when it comes first, and at a tie, since activity cannot move it', () => {
    expect(phaseOf({ idleEndsAt: 20, endsAt: 10 }, 0).by).toBe('absolute')
    expect(phaseOf({ idleEndsAt: 10, endsAt: 10 }, 0).by).toBe('absolute')
  })

  it('takes out a wrong clock of the browser', () => {
    const view = {
      idleEndsAt: new Date(30 * MINUTE).toISOString(),
      endsAt: new Date(60 * MINUTE).toISOString(),
      now: new Date(0).toISOString(),
    }
    expect(limitsHere(view, 5000)).toEqual({ idleEndsAt: 30 * MINUTE + 5000, endsAt: 60 * MINUTE + 5000 })
  })

  it.each([
    [120_000, '2 minutes'],
    [61_000, '1 minute 1 second'],
    [1, '1 second'],
    [0, '0 seconds'],
  ])('%d ms in words: %s', (ms, words) => {
    expect(inWords(ms)).toBe(words)
  })
})
