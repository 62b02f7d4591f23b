import type { ChartModel } from '@/app/w/_activity/chart/draw-chart'
import { KIND_WORDS } from '@/app/w/_activity/chart/kind-words'
import type { ActivityKind } from '@/lib/audit/figures/activity-kinds'
import type { KindCounts } from '@/lib/views/figures/activity'

/** Points, of which the empty ones were left out, on all the steps of a span. */
export const seriesOf = (
  steps: readonly { at: string }[],
  points: readonly { at: string; counts: KindCounts }[],
  kinds: readonly ActivityKind[],
): ChartModel['series'] => {
  const at = new Map(points.map((point) => [point.at, point.counts]))
  return kinds.map((kind) => ({
    name: KIND_WORDS[kind].label,
    colour: KIND_WORDS[kind].colour,
    line: KIND_WORDS[kind].line,
    values: steps.map((step) => at.get(step.at)?.[kind] ?? 0),
  }))
}
