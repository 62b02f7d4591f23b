'use client'

import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { IconButton } from '@/app/_components/controls/icon-button'
import { Notice } from '@/app/_components/feedback/notice'
import { useLiveSections } from '@/app/_editor/live-sections-provider'
import type { Id } from '@/lib/ids'

/**
 * Stands where a section was while I looked at it. Its name and text have left the page with it. Who was in that
 * section is brought to the sentence: without the text the page is shorter, and would show something else.
 */
export function Departed({ id, reason }: { id: Id; reason: string }) {
  const live = useLiveSections()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!live.wasLookedAt(id)) return
    place.current?.scrollIntoView({ block: 'center' })
    place.current?.focus({ preventScroll: true })
  }, [live, id])
  return (
    <div ref={place} tabIndex={-1} className="my-6 rounded-lg">
      <Notice
        tone="warn"
        role="alert"
        title="A section here has been closed for you"
        action={<IconButton label="Close this message" icon={<X />} onClick={() => live.returned(id)} />}
      >
        {reason}
      </Notice>
    </div>
  )
}
