/** Numbers in [0, 1) that are the same for the same seed, so that a run can be repeated (Mulberry32). */
export type Random = () => number

export const seeded = (seed: number): Random => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A whole number from 0 to `below` - 1. */
export const whole = (random: Random, below: number): number => Math.floor(random() * below)

export const pick = <T>(random: Random, among: readonly T[]): T => among[whole(random, among.length)] as T
