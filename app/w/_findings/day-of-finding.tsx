'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { Skeleton } from '@/app/_components/feedback/skeleton'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { OverTime } from '@/app/w/_activity/chart/over-time'
import { quartersOf } from '@/app/w/_activity/chart/quarters'
import { ACTIVITY_KINDS } from '@/lib/audit/figures/activity-kinds'
import type { Id } from '@/lib/ids'

interface DayOfFindingProps {
  workspaceId: Id
  person: { id: Id; name: string }
  at: string
}

/** What else that person did on the day: unusual beside what? */
export function DayOfFinding({ workspaceId, person, at }: DayOfFindingProps) {
  const day = at.slice(0, 10)
  const answer = useQuery(
    useApi().record.personDay.queryOptions(
      { workspaceId, personId: person.id, day },
      { staleTime: Number.POSITIVE_INFINITY },
    ),
  )
  const steps = useMemo(() => quartersOf(day), [day])
  return (
    <section aria-label={`The day of ${person.name}`}>
      <h3 className="mb-1 font-semibold">That day, {day} (UTC)</h3>
      {answer.isPending ? <Skeleton className="h-64 w-full" /> : null}
      {answer.isError ? <ProblemView problem={problemOf(answer.error)} /> : null}
      {answer.data ? (
        <OverTime
          label={`The day of ${person.name}`}
          workspaceId={workspaceId}
          filter={{ personId: person.id }}
          shape="lines"
          kinds={ACTIVITY_KINDS}
          step="quarter"
          steps={steps}
          points={answer.data.points}
        />
      ) : null}
    </section>
  )
}
