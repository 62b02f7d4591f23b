import { countEvents } from '@/server/audit/counts/count-events'
import { followRecord } from '@/server/audit/findings/follow-record'
import type { Chore } from '@/server/upkeep/chore'

/** Events at once. The embedded database answers nobody else while a statement runs. */
const COUNTED = { embedded: 500, postgresql: 5_000 }
const SEARCHED = { embedded: 250, postgresql: 2_000 }

/** Keeps the sums that figures are made of. What is not in them yet is counted when a figure is asked for. */
export const countRecord: Chore = {
  name: 'count the record',
  run: (services, tx) => countEvents(tx, COUNTED[services.db.kind]),
}

/** Searches the record for what is unusual, once for each event. */
export const searchRecord: Chore = {
  name: 'search the record',
  run: (services, tx) => followRecord(services, tx, SEARCHED[services.db.kind]),
}
