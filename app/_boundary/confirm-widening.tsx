'use client'

import { ChangeList } from '@/app/_boundary/change-list'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import type { BoundaryChangeView } from '@/lib/views/boundary'

interface ConfirmWideningProps {
  change: BoundaryChangeView
  busy: boolean
  onCancel: () => void
  onConfirm: () => void
}

/** Showing something to more people cannot be taken back once they have read it: it is asked by name. */
export function ConfirmWidening({ change, busy, onCancel, onConfirm }: ConfirmWideningProps) {
  const count = change.gain.length
  const whom = count === 1 ? '1 person' : `${count} people`
  return (
    <ConfirmDialog
      open
      onOpenChange={onCancel}
      title={count === 0 ? 'Widen this boundary?' : `Give more access to ${whom}?`}
      confirmLabel={count === 0 ? 'Widen it' : `Give more access to ${whom}`}
      busy={busy}
      onConfirm={onConfirm}
    >
      <p>
        They can read the whole section, also what was written before today. What somebody has read cannot be
        taken back.
      </p>
      <ChangeList title="Will gain" tone="gain" rows={change.gain} />
      <ChangeList title="Will lose" tone="lose" rows={change.lose} />
    </ConfirmDialog>
  )
}
