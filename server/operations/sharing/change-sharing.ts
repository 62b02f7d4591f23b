import type { SharingChange, SharingOutcome, SharingRef } from '@/lib/views/sharing'
import type { Operation } from '@/server/operations/run-operation'
import { objectOf } from '@/server/operations/sharing/apply-change'
import { applyOrRequest } from '@/server/operations/sharing/apply-or-request'
import { authorizeChange } from '@/server/operations/sharing/keys-needed'

/**
 * Asks: to rule over the object; for a release from a source, over that. Narrowing, and what stays inside the originator's own organisation, acts at once;
 * whatever gives people of others more becomes a release. `hash` is that of the preview that was confirmed.
 */
export const changeSharing: Operation<
  { on: SharingRef; change: SharingChange; hash: string },
  SharingOutcome
> = {
  event: 'sharing.changed',
  async run(context, { on, change, hash }) {
    const authorized = await authorizeChange(context, on, change)
    const outcome = await applyOrRequest(context, on, change, hash)
    context.record({
      object: objectOf(authorized),
      details: { hash, applied: outcome.applied },
    })
    return outcome
  },
}
