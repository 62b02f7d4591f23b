'use client'

import { Button } from '@/app/_components/controls/button'
import { Notice } from '@/app/_components/feedback/notice'
import { Time } from '@/app/_components/marks/time'
import { useSectionActs } from '@/app/d/[documentId]/use-acts'
import type { SectionView } from '@/lib/views/document'

/** Everyone who is here sees that the section takes back text whose authors the server cannot check. */
export function ReseedNotice({ section }: { section: SectionView }) {
  const { closeReseed } = useSectionActs()
  if (section.reseedUntil === null) return null
  return (
    <Notice
      tone="warn"
      className="mb-3"
      action={
        section.can.reseed ? (
          <Button
            size="sm"
            busy={closeReseed.isPending}
            onClick={() => closeReseed.mutate({ sectionId: section.id })}
          >
            End now
          </Button>
        ) : null
      }
    >
      Until <Time at={section.reseedUntil} />, tabs that stayed open may bring back text that this section
      lost. It goes on record under the name of whoever brings it.
    </Notice>
  )
}
