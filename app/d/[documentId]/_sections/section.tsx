'use client'

import { type ComponentProps, lazy, Suspense, useId, useState } from 'react'
import { RequestsHere } from '@/app/_asks/answer/requests-here'
import { AskButton } from '@/app/_asks/ask-button'
import { agencySolid } from '@/app/_components/marks/agency-palette'
import { SectionText } from '@/app/_editor/section-text'
import { GlassBanner } from '@/app/_glass/glass-banner'
import { ContradictionNotice } from '@/app/_marking/contradiction-notice'
import { ReseedNotice } from '@/app/d/[documentId]/_sections/reseed-notice'
import { type Asking, SectionDialogs } from '@/app/d/[documentId]/_sections/section-dialogs'
import { SectionHead } from '@/app/d/[documentId]/_sections/section-head'
import { useDocumentContext } from '@/app/d/[documentId]/document-context'
import type { SectionView } from '@/lib/views/document'

// Script that most readers never need: fetched when somebody asks who can see a section.
const ShareDialog = lazy(async () => ({
  default: (await import('@/app/_sharing/share-dialog')).ShareDialog,
}))

const AccessDialog = lazy(async () => ({
  default: (await import('@/app/_access/access-dialog')).AccessDialog,
}))
const ExplainLinks = lazy(async () => ({
  default: (await import('@/app/_access/explain-links')).ExplainLinks,
}))
const BreakGlassDialog = lazy(async () => ({
  default: (await import('@/app/_glass/break-glass-dialog')).BreakGlassDialog,
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
  const { view, me, refresh, onSignedOut } = useDocumentContext()
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
      <ContradictionNotice sectionId={section.id} contradiction={section.contradiction} onChanged={refresh} />
      {section.glass === null ? null : (
        <GlassBanner
          key={section.glass.id}
          look={section.glass}
          originator={section.originator.name}
          onEnded={refresh}
        />
      )}
      {section.level === 'discover' ? (
        <p className="mt-2">
          <AskButton askedFor={section.id} title={section.title} have={section.level} />
        </p>
      ) : (
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
      {asking === 'share' || asking === 'thaw' ? (
        // A boundary of its own: without one the whole page would step aside while the script comes.
        <Suspense fallback={null}>
          <ShareDialog
            on={{ sectionId: section.id }}
            {...(asking === 'thaw' ? { start: { frozen: false } } : {})}
            onClose={() => setAsking(null)}
            onChanged={refresh}
            requests={({ workspaceId }) => <RequestsHere workspaceId={workspaceId} on={section.id} />}
            ask={({ title }) => <AskButton askedFor={section.id} title={title} have={section.level} />}
            explain={({ title }) => (
              <ExplainLinks
                on={{ sectionId: section.id }}
                title={title}
                documentId={view.id}
                mayViewAs={section.can.setBoundary}
              />
            )}
          />
        </Suspense>
      ) : null}
      {asking === 'access' ? (
        <Suspense fallback={null}>
          <AccessDialog
            on={{ sectionId: section.id }}
            title={section.title}
            onClose={() => setAsking(null)}
          />
        </Suspense>
      ) : null}
      {asking === 'glass' ? (
        <Suspense fallback={null}>
          <BreakGlassDialog
            section={section}
            onClose={() => setAsking(null)}
            onOpened={() => {
              setAsking(null)
              void refresh()
            }}
          />
        </Suspense>
      ) : null}
    </section>
  )
}
