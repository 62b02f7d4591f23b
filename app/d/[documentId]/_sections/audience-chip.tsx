'use client'

import { Building2, EyeOff, Globe, Users } from 'lucide-react'
import type { AudienceView, SectionView } from '@/lib/views/document'

const ICONS = { everyone: Globe, orgs: Building2, people: Users, nobody: EyeOff } as const

const look = 'inline-flex h-6 max-w-full items-center gap-1.5 rounded-full border px-2 font-medium text-xs'

/** Who can see the section, in one chip; it opens the boundary panel for whoever may look at it. */
export function AudienceChip({ section, onOpen }: { section: SectionView; onOpen: () => void }) {
  if (!section.can.seeBoundary)
    return (
      <span className={`${look} text-muted-foreground`}>
        <Words audience={section.audience} />
      </span>
    )
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-haspopup="dialog"
      aria-label={`Who can see this: ${section.audience.text}`}
      title="Who can see this"
      className={`${look} hover:bg-accent pointer-coarse:h-8`}
    >
      <Words audience={section.audience} />
    </button>
  )
}

function Words({ audience }: { audience: AudienceView }) {
  const Icon = ICONS[audience.kind]
  return (
    <>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span className="truncate">{audience.text}</span>
    </>
  )
}
