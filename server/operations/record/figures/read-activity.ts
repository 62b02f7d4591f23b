import { spanOf } from '@/lib/audit/figures/span'
import type { Id } from '@/lib/ids'
import type { ActivityView } from '@/lib/views/figures/activity'
import { readCounts } from '@/server/audit/counts/read-counts'
import { scopeOf } from '@/server/audit/scope'
import { pointsOf } from '@/server/operations/record/figures/points'
import type { Operation } from '@/server/operations/run-operation'

export interface Asked {
  workspaceId: Id
  /** ISO 8601; see `spanOf` for what is shown when one is left out. */
  from?: string | undefined
  until?: string | undefined
}

/** Asks: to read the record. How many entries there were over time, by kind. */
export const readActivity: Operation<Asked, ActivityView> = {
  event: 'record.viewed',
  async run(context, { workspaceId, ...asked }) {
    const authorized = await context.authorize({ workspaceId }, { ask: 'record' })
    const span = spanOf(asked, context.at)
    const counts = await readCounts(context.tx, {
      workspaceId,
      scope: scopeOf(authorized),
      span,
      about: 'workspace',
      by: ['at'],
    })
    context.record({ object: { workspaceId }, details: { figure: 'activity', ...span } })
    return { span, points: pointsOf(counts) }
  },
}
