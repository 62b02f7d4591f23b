import type { Bed } from '@/tests/faults/run/bed'
import { whole } from '@/tests/support/seeded'

export interface Fault {
  name: string
  /** How often it is drawn. */
  weight: number
  /** Why it cannot be done here; null: it can. */
  missing(bed: Bed): string | null
  /** Does it, holds it for a while, and takes it away again. People type meanwhile. */
  run(bed: Bed): Promise<void>
}

export const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
/** A random time for a fault to last, in milliseconds. */
export const hold = (bed: Bed, least: number, most: number) => pause(least + whole(bed.random, most - least))
