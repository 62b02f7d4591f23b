'use client'

import { ChartColumn } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Empty } from '@/app/_components/feedback/empty'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { Skeleton } from '@/app/_components/feedback/skeleton'
import { Card } from '@/app/_components/layout/card'
import { problemOf } from '@/app/_data/problem'

interface FigureProps {
  title: string
  /** What is counted, and in which zone. */
  about: string
  /** Choices of this figure alone. */
  choices?: ReactNode
  query: { isPending: boolean; isError: boolean; error: unknown; refetch: () => unknown }
  /** Null while there is nothing to choose from. */
  children: ReactNode
  empty: boolean
  /** Said instead of a figure, when nothing was asked yet. */
  unasked?: string | null
}

/** One figure with its name, its choices, and what stands there while it is read, when it fails and when there is nothing. */
export function Figure({ title, about, choices, query, children, empty, unasked = null }: FigureProps) {
  const id = useId()
  return (
    <Card aria-labelledby={id} className="flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h2 id={id} className="font-semibold text-lg">
            {title}
          </h2>
          <p className="text-muted-foreground text-sm">{about}</p>
        </div>
        {choices ? <div className="flex flex-wrap items-end gap-2">{choices}</div> : null}
      </div>
      {unasked !== null ? <Empty icon={<ChartColumn />} title={unasked} /> : bodyOf()}
    </Card>
  )

  function bodyOf() {
    if (query.isError)
      return (
        <ProblemView
          problem={problemOf(query.error)}
          action={
            <Button size="sm" onClick={() => void query.refetch()}>
              Try again
            </Button>
          }
        />
      )
    if (query.isPending)
      return (
        <div aria-busy="true">
          <p className="sr-only" role="status">
            Counting entries
          </p>
          <Skeleton className="h-64 w-full" />
        </div>
      )
    if (empty)
      return (
        <Empty icon={<ChartColumn />} title="Nothing on record here">
          No entry that you may see falls into this time. Choose a longer one.
        </Empty>
      )
    return children
  }
}

/** A picture with its table: beside it where there is room, below it where there is none. */
export function Beside({ chart, table }: { chart: ReactNode; table: ReactNode }) {
  return (
    <div className="@container">
      <div className="grid gap-4 @5xl:grid-cols-[minmax(0,1fr)_30rem]">
        <div className="min-w-0">{chart}</div>
        <div className="min-w-0">{table}</div>
      </div>
    </div>
  )
}
