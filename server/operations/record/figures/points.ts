import { activityKind } from '@/lib/audit/figures/activity-kinds'
import type { KindCounts } from '@/lib/views/figures/activity'
import type { Count } from '@/server/audit/counts/read-counts'

/** Counts by moment and kind as the points of a figure, in order of time. */
export const pointsOf = (
  counts: readonly Pick<Count, 'at' | 'kind' | 'outcome' | 'events'>[],
): { at: string; counts: KindCounts }[] => {
  const points = new Map<string, KindCounts>()
  for (const { at, kind, outcome, events } of counts) {
    const moment = at.toISOString()
    const point = points.get(moment) ?? {}
    const which = activityKind(kind, outcome)
    point[which] = (point[which] ?? 0) + events
    points.set(moment, point)
  }
  return [...points].sort(([a], [b]) => (a < b ? -1 : 1)).map(([at, all]) => ({ at, counts: all }))
}
