'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Problem, problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import type { useFreshProof } from '@/app/_session/use-fresh-proof'
import type { GivingChange } from '@/app/_sharing/change/draft'
import type { SharingChangeView, SharingOutcome, SharingRef } from '@/lib/views/sharing'

/** A preview is on record: it waits until somebody has stopped clicking. */
const PAUSE_MS = 500

interface UseSharingChange {
  /** Null while it is worked out, or when there is nothing to change. */
  preview: SharingChangeView | null
  problem: Problem | null
  working: boolean
  /** What was previewed is not what is there any more: the preview shown now is a new one. */
  movedOn: boolean
  setting: boolean
  apply: () => void
}

interface UseSharingChangeInput {
  on: SharingRef
  /** Null: nothing differs from what is in force, and nothing is asked. */
  change: GivingChange | null
  proof: ReturnType<typeof useFreshProof>
  onSet: (change: SharingChangeView, outcome: SharingOutcome) => void
  onStale: () => void
}

/** Asks the server who would gain and lose, and sets exactly what was shown. */
export const useSharingChange = (input: UseSharingChangeInput): UseSharingChange => {
  const { on, change, proof, onSet, onStale } = input
  const api = useApi()
  const spelled = JSON.stringify(change)
  const [asked, setAsked] = useState(spelled)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(spelled), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [spelled])
  const settled = change !== null && asked === spelled
  const preview = useQuery(
    api.sharing.preview.queryOptions(
      { on, change: change ?? {} },
      { enabled: settled, staleTime: Number.POSITIVE_INFINITY, gcTime: 0, retry: false },
    ),
  )
  const shown = settled && !preview.isFetching ? (preview.data ?? null) : null
  const set = useMutation({
    ...api.sharing.change.mutationOptions(),
    onSuccess: (outcome) => {
      if (preview.data !== undefined) onSet(preview.data, outcome)
    },
    onError: (error, sent) => {
      if (proof.asks(error, () => set.mutate(sent))) return
      if (problemOf(error).code !== 'conflict') return
      onStale()
      void preview.refetch()
    },
  })
  const failed = set.error ? problemOf(set.error) : preview.error && settled ? problemOf(preview.error) : null
  const movedOn = failed?.code === 'conflict'
  // biome-ignore lint/correctness/useExhaustiveDependencies: another draft is another attempt
  useEffect(() => set.reset(), [spelled])
  return {
    preview: shown,
    problem: movedOn || failed?.confirm ? null : failed,
    working: change !== null && shown === null && failed === null,
    movedOn,
    setting: set.isPending,
    apply: () => {
      if (shown !== null && change !== null) set.mutate({ on, change, hash: shown.hash })
    },
  }
}
