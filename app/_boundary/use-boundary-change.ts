'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { GivingClause } from '@/app/_boundary/draft'
import { type Problem, problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import type { Id } from '@/lib/ids'
import type { BoundaryChangeView } from '@/lib/views/boundary'

/** A preview is on record: it waits until somebody has stopped clicking. */
const PAUSE_MS = 500

interface UseBoundaryChange {
  /** Null while it is worked out, or when there is nothing to change. */
  preview: BoundaryChangeView | null
  problem: Problem | null
  working: boolean
  /** What was previewed is not what is there any more: the preview shown now is a new one. */
  movedOn: boolean
  setting: boolean
  apply: () => void
}

interface UseBoundaryChangeInput {
  sectionId: Id
  boundary: GivingClause[] | null
  /** False: nothing differs from what is in force, and nothing is asked. */
  changed: boolean
  onSet: (change: BoundaryChangeView) => void
  onStale: () => void
}

/** Asks the server who would gain and lose, and sets exactly what was shown. */
export const useBoundaryChange = (input: UseBoundaryChangeInput): UseBoundaryChange => {
  const { sectionId, boundary, changed, onSet, onStale } = input
  const api = useApi()
  const spelled = JSON.stringify(boundary)
  const [asked, setAsked] = useState(spelled)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(spelled), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [spelled])
  const settled = changed && asked === spelled
  const preview = useQuery(
    api.boundaries.preview.queryOptions(
      { sectionId, boundary },
      { enabled: settled, staleTime: Number.POSITIVE_INFINITY, gcTime: 0, retry: false },
    ),
  )
  const set = useMutation({
    ...api.boundaries.set.mutationOptions(),
    onSuccess: onSet,
    onError: (error) => {
      if (problemOf(error).code !== 'conflict') return
      onStale()
      void preview.refetch()
    },
  })
  const shown = settled && !preview.isFetching ? (preview.data ?? null) : null
  const failed = set.error ? problemOf(set.error) : preview.error && settled ? problemOf(preview.error) : null
  const movedOn = failed?.code === 'conflict'
  // biome-ignore lint/correctness/useExhaustiveDependencies: another draft is another attempt
  useEffect(() => set.reset(), [spelled])
  return {
    preview: shown,
    problem: movedOn ? null : failed,
    working: changed && shown === null && failed === null,
    movedOn,
    setting: set.isPending,
    apply: () => {
      if (shown !== null) set.mutate({ sectionId, boundary, hash: shown.hash })
    },
  }
}
