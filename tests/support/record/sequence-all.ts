import { sequenceBatch } from '@/server/audit/sequence'
import type { TestServices } from '@/tests/support/services'

/** Moves accepted events into their trees until none is left, or nobody may. @returns how many were taken off the list */
export const sequenceAll = async (
  services: TestServices,
  kept?: Parameters<typeof sequenceBatch>[1],
): Promise<number> => {
  for (let sum = 0; ; ) {
    const moved = await sequenceBatch(services, kept)
    if (typeof moved === 'string' || moved.taken === 0) return sum
    sum += moved.taken
  }
}
