'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { useApi } from '@/app/_data/use-api'
import { type ActivityQuery, activityOf, activityQuery } from '@/app/w/_activity/activity-query'
import { OverTime } from '@/app/w/_activity/chart/over-time'
import { Figure } from '@/app/w/_activity/figure'
import { RangeBar } from '@/app/w/_activity/range-bar'
import { ACTIVITY_KINDS } from '@/lib/audit/figures/activity-kinds'
import { stepsIn } from '@/lib/audit/figures/span'
import type { Id } from '@/lib/ids'
import type { RecordChoicesView } from '@/lib/views/record'

/** Below the first figure: fetched after the first paint. */
const HeatMap = dynamic(() => import('@/app/w/_activity/heat-map').then((part) => part.HeatMap), {
  ssr: false,
})
const PersonDay = dynamic(() => import('@/app/w/_activity/person-day').then((part) => part.PersonDay), {
  ssr: false,
})
const SectionLife = dynamic(() => import('@/app/w/_activity/section-life').then((part) => part.SectionLife), {
  ssr: false,
})

interface ActivityScreenProps {
  workspaceId: Id
  choices: RecordChoicesView
  /** Today in UTC, as the server has it. */
  today: string
}

const PER: Record<string, string> = { hour: 'hour', day: 'day', week: 'week' }

/** The record in pictures, all of the same time. Each figure is one look that goes on record. */
export function ActivityScreen({ workspaceId, choices, today }: ActivityScreenProps) {
  const query = useSearchParams()
  const asked = useMemo(() => activityOf(new URLSearchParams(query)), [query])
  const ask = (change: Partial<ActivityQuery>) =>
    window.history.pushState(null, '', `${window.location.pathname}${activityQuery({ ...asked, ...change })}`)
  const zoom = (from: string | undefined, until: string | undefined) => ask({ from, until })
  const span = {
    ...(asked.from === undefined ? {} : { from: asked.from }),
    ...(asked.until === undefined ? {} : { until: asked.until }),
  }
  const activity = useQuery(
    useApi().record.activity.queryOptions(
      { workspaceId, ...span },
      { staleTime: Number.POSITIVE_INFINITY, placeholderData: (before) => before },
    ),
  )
  const steps = useMemo(() => (activity.data ? stepsIn(activity.data.span) : []), [activity.data])
  return (
    <div className="flex flex-col gap-4">
      <RangeBar shown={activity.data?.span ?? null} onChange={zoom} />
      <Figure
        title="Activity over time"
        about={`Entries on record by ${PER[activity.data?.span.step ?? 'hour']}, in UTC. Drag over the picture to zoom; choose a bar or a number to open its entries.`}
        query={activity}
        empty={activity.data?.points.length === 0}
      >
        {activity.data ? (
          <OverTime
            label="Activity over time"
            workspaceId={workspaceId}
            filter={{}}
            shape="stacked"
            kinds={ACTIVITY_KINDS}
            step={activity.data.span.step}
            steps={steps}
            points={activity.data.points}
            onZoom={zoom}
          />
        ) : null}
      </Figure>
      <HeatMap workspaceId={workspaceId} span={span} />
      <PersonDay workspaceId={workspaceId} people={choices.people} asked={asked} today={today} onAsk={ask} />
      <SectionLife
        workspaceId={workspaceId}
        choices={choices}
        asked={asked}
        span={span}
        onAsk={ask}
        onZoom={zoom}
      />
    </div>
  )
}
