import type { Tx } from '@/server/db/client'
import type { Services } from '@/server/services'

/** Work that falls due by the clock: each runs in a transaction of its own, on one node at a time. */
export interface Chore {
  name: string
  /** @returns whether there is more of it to do now: then it runs again, in a new transaction */
  run(services: Services, tx: Tx, at: Date): Promise<boolean>
}
