'use client'

import { useMutation } from '@tanstack/react-query'
import { announce } from '@/app/_components/feedback/announce'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import type { WitnessView } from '@/lib/views/sealing/witness'

interface EndWitnessDialogProps {
  witness: WitnessView | null
  onClose: () => void
  onEnded: () => void
}

export function EndWitnessDialog({ witness, onClose, onEnded }: EndWitnessDialogProps) {
  const end = useMutation(
    useApi().witnesses.end.mutationOptions({
      onSuccess: () => {
        announce('Ended.')
        onEnded()
      },
    }),
  )
  return (
    <ConfirmDialog
      open={witness !== null}
      onOpenChange={() => {
        end.reset()
        onClose()
      }}
      title={`End the witness ${witness?.name ?? ''}?`}
      confirmLabel="End the witness"
      danger
      busy={end.isPending}
      onConfirm={() => {
        if (witness) end.mutate({ witnessId: witness.id })
      }}
      problem={end.isError ? <ProblemView problem={problemOf(end.error)} /> : null}
    >
      <p>
        Its signatures are not taken any more, and it is shown nothing more. What it has signed stays signed.
        This cannot be taken back: its key cannot be registered again, a new witness needs a new one.
      </p>
    </ConfirmDialog>
  )
}
