import { spanOf } from '@/lib/audit/figures/span'
import type { Id } from '@/lib/ids'
import type { ActivityView } from '@/lib/views/figures/activity'
import { readCounts } from '@/server/audit/counts/read-counts'
import { scopeOf } from '@/server/audit/scope'
import { pointsOf } from '@/server/operations/record/figures/points'
import type { Asked } from '@/server/operations/record/figures/read-activity'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: to read the record. What was done to one section over time; nothing for one that is not in this workspace. */
export const readSectionLife: Operation<Asked & { sectionId: Id }, ActivityView> = {
  event: 'record.viewed',
  async run(context, { workspaceId, sectionId, ...asked }) {
    const authorized = await context.authorize({ workspaceId }, { ask: 'record' })
    const span = spanOf(asked, context.at)
    const counts = await readCounts(context.tx, {
      workspaceId,
      scope: scopeOf(authorized),
      span,
      about: { sectionId },
      by: ['at'],
    })
    context.record({ object: { workspaceId }, details: { figure: 'section', sectionId, ...span } })
    return { span, points: pointsOf(counts) }
  },
}
