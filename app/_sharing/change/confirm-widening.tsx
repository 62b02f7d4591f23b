'use client'

import type { ReactNode } from 'react'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import { ChangeList } from '@/app/_sharing/change/change-list'
import { countPeople, needsRelease } from '@/app/_sharing/change/change-words'
import { KeysNeeded } from '@/app/_sharing/change/keys-needed'
import type { SharingChangeView } from '@/lib/views/sharing'

interface ConfirmWideningProps {
  change: SharingChangeView
  busy: boolean
  problem: ReactNode
  onCancel: () => void
  onConfirm: () => void
}

/** Showing something to more people cannot be taken back once they have read it: it is asked by name. */
export function ConfirmWidening({ change, busy, problem, onCancel, onConfirm }: ConfirmWideningProps) {
  const whom = countPeople(change.gain)
  const waits = needsRelease(change)
  return (
    <ConfirmDialog
      open
      onOpenChange={onCancel}
      title={waits ? `Ask for a release to ${whom}?` : `Give more access to ${whom}?`}
      confirmLabel={waits ? 'Ask for the release' : `Give more access to ${whom}`}
      busy={busy}
      problem={problem}
      onConfirm={onConfirm}
    >
      <p>
        {waits ? 'Once both keys are turned they' : 'They'} can read all of it, also what was written before
        today. What somebody has read cannot be taken back.
      </p>
      <ChangeList title="Will gain" tone="gain" rows={change.gain} />
      <ChangeList title="Will lose" tone="lose" rows={change.lose} />
      {waits ? <KeysNeeded keys={change.keys} /> : null}
    </ConfirmDialog>
  )
}
