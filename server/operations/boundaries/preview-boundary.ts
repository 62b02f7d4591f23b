import type { Id } from '@/lib/ids'
import type { BoundaryChangeView, BoundaryInput } from '@/lib/views/boundary'
import { boundaryChange } from '@/server/operations/boundaries/boundary-change'
import { changeView, whyNot } from '@/server/operations/boundaries/change-view'
import type { Operation } from '@/server/operations/run-operation'
import { sectionObject } from '@/server/operations/sections/section-places'

/** Asks: read on the section, and for guests to rule over it. Says exactly who would gain or lose, and whether it would be accepted. */
export const previewBoundary: Operation<{ sectionId: Id; boundary: BoundaryInput }, BoundaryChangeView> = {
  event: 'boundary.previewed',
  async run(context, { sectionId, boundary }) {
    const authorized = await context.authorize({ sectionId }, { ask: 'level', needs: 'read' })
    // A guest sees what names them: whoever else would gain is somebody whom the guest does not know of.
    if (authorized.facts.membership?.role === 'guest')
      await context.authorize({ sectionId }, { ask: 'govern' })
    const change = await boundaryChange(context, authorized, boundary)
    context.recordView(
      {
        object: sectionObject(authorized, sectionId),
        volume: { gain: change.gain.length, lose: change.lose.length },
        details: { hash: change.hash },
      },
      change.hash,
    )
    return changeView(context, change, await whyNot(context, authorized, change))
  },
}
