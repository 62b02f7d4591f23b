import type { SharingChange, SharingChangeView, SharingRef } from '@/lib/views/sharing'
import type { Operation } from '@/server/operations/run-operation'
import { objectOf } from '@/server/operations/sharing/apply-change'
import { sharingChangeView } from '@/server/operations/sharing/change-view'
import { peopleCounts } from '@/server/operations/sharing/compare-levels'
import { sharingChange } from '@/server/operations/sharing/sharing-change'

/**
 * Asks: read on the object, and for guests to rule over it. Says exactly who would gain or lose what, whose keys it takes,
 * and whether it would be accepted.
 */
export const previewSharing: Operation<{ on: SharingRef; change: SharingChange }, SharingChangeView> = {
  event: 'sharing.previewed',
  async run(context, { on, change }) {
    const authorized = await context.authorize(on, { ask: 'level', needs: 'read' })
    // A guest sees what names them: whoever else would gain is somebody whom the guest does not know of.
    if (authorized.facts.membership?.role === 'guest') await context.authorize(on, { ask: 'govern' })
    const judged = await sharingChange(context, authorized, change)
    const { hash } = judged
    context.recordView(
      { object: objectOf(authorized), volume: peopleCounts(judged), details: { hash } },
      hash,
    )
    return sharingChangeView(context, authorized, judged)
  },
}
