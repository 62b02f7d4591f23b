'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Notice } from '@/app/_components/feedback/notice'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { toast } from '@/app/_components/feedback/toast'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { useFreshProof } from '@/app/_session/use-fresh-proof'
import { ConfirmWidening } from '@/app/_sharing/change/confirm-widening'
import type { Id } from '@/lib/ids'
import type { SectionView } from '@/lib/views/document'
import type { SharingChangeView } from '@/lib/views/sharing'

interface ContradictionNoticeProps {
  sectionId: Id
  contradiction: SectionView['contradiction']
  onChanged: () => void
}

/** The marking and the boundary do not agree: says so, and sets the boundary that would at a click. */
export function ContradictionNotice({ sectionId, contradiction, onChanged }: ContradictionNoticeProps) {
  const api = useApi()
  const client = useQueryClient()
  const proof = useFreshProof()
  const [confirming, setConfirming] = useState<SharingChangeView | null>(null)
  const fix = contradiction?.fix
  const on = { sectionId }
  const set = useMutation({
    ...api.sharing.change.mutationOptions(),
    onSuccess: (outcome) => {
      setConfirming(null)
      toast({
        text: outcome.applied ? 'The boundary now agrees with the marking.' : 'It waits for a second key.',
      })
      onChanged()
    },
    onError: (error, sent) => {
      if (!proof.asks(error, () => set.mutate(sent)) && confirming === null) toastProblem(error)
    },
  })
  const apply = (hash: string) => {
    if (fix) set.mutate({ on, change: { boundary: fix.boundary }, hash })
  }
  // Exactly what would change is looked up first: it is bound to that.
  const look = useMutation({
    mutationFn: () =>
      client.fetchQuery(
        api.sharing.preview.queryOptions(
          { on, change: { boundary: fix?.boundary ?? null } },
          { staleTime: 0, gcTime: 0 },
        ),
      ),
    onSuccess: (preview) => {
      if (preview.widens) setConfirming(preview)
      else apply(preview.hash)
    },
    onError: toastProblem,
  })
  if (contradiction === null) return null
  return (
    <Notice
      tone="warn"
      className="my-3"
      title="The marking and the boundary do not agree"
      action={
        fix ? (
          <Button size="sm" busy={look.isPending || set.isPending} onClick={() => look.mutate()}>
            {fix.words}
          </Button>
        ) : undefined
      }
    >
      {contradiction.why}
      {confirming === null ? null : (
        <ConfirmWidening
          change={confirming}
          busy={set.isPending}
          problem={
            set.error && !problemOf(set.error).confirm ? <ProblemView problem={problemOf(set.error)} /> : null
          }
          onCancel={() => setConfirming(null)}
          onConfirm={() => apply(confirming.hash)}
        />
      )}
      {proof.window}
    </Notice>
  )
}
