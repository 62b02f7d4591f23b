'use client'

import { useMutation } from '@tanstack/react-query'
import { ShieldAlert } from 'lucide-react'
import { Button } from '@/app/_components/controls/button'
import { toast } from '@/app/_components/feedback/toast'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { useApi } from '@/app/_data/use-api'
import type { SharingView } from '@/lib/views/sharing'

/** One click, one key, at once: only the originator's own agency is left, and what waits for keys ends. */
export function RecallNow({ view, onRecalled }: { view: SharingView; onRecalled: () => void }) {
  const recall = useMutation(
    useApi().sharing.recall.mutationOptions({
      onSuccess: () => {
        toast({ text: `Recalled: only ${view.originator.name} can see “${view.title}” now.` })
        onRecalled()
      },
      onError: toastProblem,
    }),
  )
  const outside = view.who.some(({ agency }) => agency.id !== view.originator.id)
  const why =
    outside || view.releases.length > 0 ? null : `Nobody outside ${view.originator.shortCode} can see it.`
  return (
    <Button
      className="text-destructive"
      busy={recall.isPending}
      disabledWhy={why}
      aria-label={`Recall now: only ${view.originator.name} can see it from then on`}
      onClick={() => recall.mutate({ on: view.on })}
    >
      <ShieldAlert aria-hidden />
      Recall now
    </Button>
  )
}
