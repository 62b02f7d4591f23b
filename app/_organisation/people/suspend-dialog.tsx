'use client'

import { useMutation } from '@tanstack/react-query'
import { announce } from '@/app/_components/feedback/announce'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import type { OwnPersonView } from '@/lib/views/identity'

interface SuspendDialogProps {
  person: OwnPersonView | null
  onClose: () => void
  onDone: () => void
}

export function SuspendDialog({ person, onClose, onDone }: SuspendDialogProps) {
  const api = useApi()
  const suspend = useMutation(
    api.people.suspend.mutationOptions({
      onSuccess: () => {
        announce(`${person?.name ?? 'The person'} is suspended.`)
        onDone()
      },
    }),
  )
  return (
    <ConfirmDialog
      open={person !== null}
      onOpenChange={() => {
        suspend.reset()
        onClose()
      }}
      title={`Suspend ${person?.name ?? ''}?`}
      confirmLabel="Suspend"
      danger
      busy={suspend.isPending}
      onConfirm={() => person && suspend.mutate({ personId: person.id })}
      problem={suspend.error ? <ProblemView problem={problemOf(suspend.error)} /> : null}
    >
      <p>
        They are signed out everywhere at once and cannot sign in. Their roles in workspaces stay and hold
        again when you reinstate them.
      </p>
    </ConfirmDialog>
  )
}
