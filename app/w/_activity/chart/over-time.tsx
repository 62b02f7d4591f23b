'use client'

import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { Chart } from '@/app/w/_activity/chart/chart'
import { CountsTable, Swatch } from '@/app/w/_activity/chart/counts-table'
import type { ChartModel } from '@/app/w/_activity/chart/draw-chart'
import { seriesOf } from '@/app/w/_activity/chart/series-of'
import { inWords, isMarked, onAxis } from '@/app/w/_activity/chart/step-words'
import { Beside } from '@/app/w/_activity/figure'
import { rowsLink } from '@/app/w/_activity/rows-link'
import type { ActivityKind } from '@/lib/audit/figures/activity-kinds'
import type { Step } from '@/lib/audit/figures/span'
import type { Id } from '@/lib/ids'
import type { KindCounts } from '@/lib/views/figures/activity'
import type { RecordFilter } from '@/lib/views/record'

interface OverTimeProps {
  /** Names picture and table. */
  label: string
  workspaceId: Id
  /** What all of the entries have in common, besides the time. */
  filter: RecordFilter
  shape: ChartModel['shape']
  kinds: readonly ActivityKind[]
  step: Step | 'quarter'
  steps: readonly { at: string; end: string }[]
  points: readonly { at: string; counts: KindCounts }[]
  onZoom?: (from: string, until: string) => void
}

/** Counts over time as a picture and as a table. Both open the entries of a step; brushing over the picture zooms. */
export function OverTime({
  label,
  workspaceId,
  filter,
  shape,
  kinds,
  step,
  steps,
  points,
  onZoom,
}: OverTimeProps) {
  const router = useRouter()
  const model = useMemo(
    (): ChartModel => ({
      shape,
      labels: steps.map(({ at }, index) => ({
        short: onAxis(at, step),
        whole: inWords(at, step),
        marked: isMarked(at, index, step, steps.length),
      })),
      series: seriesOf(steps, points, kinds),
    }),
    [shape, kinds, step, steps, points],
  )
  const hrefOf = (at: string, kind?: ActivityKind) => {
    const end = steps.find((one) => one.at === at)?.end
    return rowsLink(workspaceId, { ...filter, from: at, ...(end === undefined ? {} : { until: end }) }, kind)
  }
  const zoom = (first: number, last: number) => {
    const [from, until] = [steps[first]?.at, steps[last]?.end]
    if (from !== undefined && until !== undefined) onZoom?.(from, until)
  }
  return (
    <Beside
      chart={
        <>
          <ul aria-hidden className="mb-1 flex flex-wrap gap-x-4 gap-y-1 text-muted-foreground text-xs">
            {kinds.map((kind) => (
              <li key={kind}>
                <Swatch kind={kind} />
              </li>
            ))}
          </ul>
          <Chart
            label={`${label}. The table holds the same numbers.`}
            model={model}
            onOpen={(index, series) => {
              const at = steps[index]?.at
              if (at !== undefined) router.push(hrefOf(at, kinds[series]))
            }}
            {...(onZoom === undefined ? {} : { onZoom: zoom })}
          />
        </>
      }
      table={
        <CountsTable
          caption={`${label}, as numbers`}
          kinds={kinds}
          rows={points.map(({ at, counts }) => ({ at, label: inWords(at, step), counts }))}
          hrefOf={hrefOf}
        />
      }
    />
  )
}
