'use client'

import { useState } from 'react'
import { LabelBar } from '@/app/_components/marks/label-tag'
import { signInPath } from '@/app/_data/sign-in-path'
import { LiveSectionsProvider } from '@/app/_editor/live-sections-provider'
import { Outline } from '@/app/d/[documentId]/_outline/outline'
import { SectionList } from '@/app/d/[documentId]/_sections/section-list'
import { ConnectionBanner } from '@/app/d/[documentId]/connection-banner'
import { DocumentContextProvider } from '@/app/d/[documentId]/document-context'
import { DocumentHead } from '@/app/d/[documentId]/document-head'
import { DocumentOver } from '@/app/d/[documentId]/document-over'
import { isOver, useDocument } from '@/app/d/[documentId]/use-document'
import type { DocumentView } from '@/lib/views/document'
import type { PersonView } from '@/lib/views/person'

interface DocumentPageProps {
  initial: DocumentView
  me: PersonView
}

/** The document on screen: label bars, title, outline and stacked sections, kept fresh while it is looked at. */
export function DocumentPage({ initial, me }: DocumentPageProps) {
  const { view, problem, refresh, show } = useDocument(initial.id, initial)
  const [signedOut, setSignedOut] = useState(false)
  // Empties the page first: leaving takes a moment, and what was here belongs to a session that is over.
  const onSignedOut = () => {
    setSignedOut(true)
    location.assign(signInPath(`/d/${initial.id}`, 'signed_out'))
  }
  if (signedOut) return <DocumentOver problem={null} workspace={null} />
  if (isOver(problem)) return <DocumentOver problem={problem} workspace={view.workspace} />
  return (
    <LiveSectionsProvider>
      <DocumentContextProvider value={{ view, me, refresh, show, onSignedOut }}>
        <title>{`${view.title} · Liaison`}</title>
        <LabelBar label={view.label} />
        <ConnectionBanner problem={problem} />
        <div className="mx-auto flex w-full max-w-6xl gap-8 px-4 pb-16 md:px-8">
          <div className="mx-auto min-w-0 max-w-[42.5rem] flex-1 md:pl-12">
            <DocumentHead />
            <Outline place="top" />
            <SectionList />
          </div>
          <Outline place="side" />
        </div>
        <LabelBar label={view.label} place="bottom" />
      </DocumentContextProvider>
    </LiveSectionsProvider>
  )
}
