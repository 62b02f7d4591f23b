'use client'

import { useEffect, useRef, useState } from 'react'
import { Skeleton } from '@/app/_components/feedback/skeleton'
import type { ChartEvents, ChartModel, Chart as Drawn } from '@/app/w/_activity/chart/draw-chart'

interface ChartProps extends ChartEvents {
  model: ChartModel
  /** What the picture shows, in a sentence; the numbers themselves stand in the table beside it. */
  label: string
}

/** A picture of numbers. Its library comes after the first paint; without it the table beside says the same. */
export function Chart({ model, label, ...events }: ChartProps) {
  const frame = useRef<HTMLDivElement>(null)
  const latest = useRef(events)
  latest.current = events
  const [drawn, setDrawn] = useState<Drawn | null>(null)
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    let gone = false
    let made: Drawn | null = null
    import('@/app/w/_activity/chart/draw-chart').then(
      ({ drawChart }) => {
        if (gone || frame.current === null) return
        made = drawChart(frame.current, () => latest.current)
        setDrawn(made)
      },
      () => setFailed(true),
    )
    return () => {
      gone = true
      made?.dispose()
    }
  }, [])
  useEffect(() => drawn?.show(model), [drawn, model])

  if (failed)
    return (
      <p className="p-4 text-muted-foreground">
        The picture could not be loaded. The table says the same; load the page again to try once more.
      </p>
    )
  return (
    <div className="relative h-64" aria-busy={drawn === null}>
      <div ref={frame} role="img" aria-label={label} className="absolute inset-0" />
      {drawn === null ? <Skeleton className="absolute inset-4 h-auto" /> : null}
    </div>
  )
}
