import * as Y from 'yjs'
import { joinUpdates } from '@/lib/sync/join-updates'
import { scanStored } from '@/lib/sync/scan-update'

/**
 * Updates that follow one another, as one. A client calls itself synced at the first step 2 that it hears, so
 * everything it lacks must be in that one message: a step 2 with the rest behind it would show half a section as whole.
 * By bytes wherever clocks continue each other; through Yjs only where they overlap.
 */
export const oneUpdate = (updates: readonly Uint8Array[]): Uint8Array => {
  const [first, ...rest] = updates
  if (first === undefined) throw new Error('no updates')
  if (rest.length === 0) return first
  return joinUpdates(updates.map(scanStored)) ?? Y.mergeUpdates([...updates])
}
