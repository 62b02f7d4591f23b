'use client'

import { type ComponentProps, lazy, Suspense, useId, useState } from 'react'
import { agencySolid } from '@/app/_components/marks/agency-palette'
import { SectionText } from '@/app/_editor/section-text'
import { ReseedNotice } from '@/app/d/[documentId]/_sections/reseed-notice'
import { type Asking, SectionDialogs } from '@/app/d/[documentId]/_sections/section-dialogs'
import { SectionHead } from '@/app/d/[documentId]/_sections/section-head'
import { useDocumentContext } from '@/app/d/[documentId]/document-context'
import type { SectionView } from '@/lib/views/document'

// Script that most readers never need: fetched when somebody asks who can see a section.
const BoundaryPanel = lazy(async () => ({
  default: (await import('@/app/_boundary/boundary-panel')).BoundaryPanel,
}))

export interface SectionProps {
  section: SectionView
  first: boolean
  last: boolean
  dragged: boolean
  handle: ComponentProps<'span'>
  onStep: (direction: 'up' | 'down') => void
}

/** One section: its heading with everything one must know about it, and its text. */
export function Section(props: SectionProps) {
  const { section, dragged } = props
  const { me, refresh, onSignedOut } = useDocumentContext()
  const [asking, setAsking] = useState<Asking>(null)
  const titleId = useId()
  const stateId = useId()
  return (
    <section
      id={section.id}
      data-section={section.id}
      aria-labelledby={titleId}
      className={`scroll-mt-24 ${dragged ? 'opacity-50' : ''}`}
    >
      <SectionHead {...props} titleId={titleId} stateId={stateId} onAsk={setAsking} />
      <ReseedNotice section={section} />
      {section.level === 'discover' ? null : (
        <SectionText
          sectionId={section.id}
          me={{ id: me.id, caret: { name: me.name, color: agencySolid(me.org.colour) } }}
          canEdit={section.can.edit}
          labelledBy={titleId}
          describedBy={stateId}
          onAccessChanged={refresh}
          onSignedOut={onSignedOut}
        />
      )}
      <SectionDialogs section={section} asking={asking} onAsk={setAsking} />
      {asking === 'boundary' ? (
        // A boundary of its own: without one the whole page would step aside while the script comes.
        <Suspense fallback={null}>
          <BoundaryPanel sectionId={section.id} onClose={() => setAsking(null)} onChanged={refresh} />
        </Suspense>
      ) : null}
    </section>
  )
}
