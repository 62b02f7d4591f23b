'use client'

import { Check, CloudOff } from 'lucide-react'
import { Spinner } from '@/app/_components/feedback/spinner'
import { useLiveSection } from '@/app/_editor/live-sections-provider'
import type { Id } from '@/lib/ids'

/** "Saved" means committed by the server, nothing less. */
export function SavedState({ sectionId }: { sectionId: Id }) {
  const { state, saving } = useLiveSection(sectionId)
  const look = 'inline-flex items-center gap-1 whitespace-nowrap text-xs'
  if (saving === 'offline-unsaved')
    return (
      <span className={`${look} font-medium text-warning`}>
        <CloudOff aria-hidden className="size-3.5" />
        Not saved yet
      </span>
    )
  if (saving === 'saving')
    return (
      <span className={`${look} text-muted-foreground`}>
        <Spinner className="size-3" />
        Saving …
      </span>
    )
  if (state !== 'live') return null
  return (
    <span className={`${look} text-muted-foreground`}>
      <Check aria-hidden className="size-3.5" />
      Saved
    </span>
  )
}
