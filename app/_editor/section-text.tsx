'use client'

import dynamic from 'next/dynamic'
import { useRef } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Notice } from '@/app/_components/feedback/notice'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import type { CaretUser } from '@/app/_editor/caret'
import { CopyText } from '@/app/_editor/copy-text'
import { useLiveSection } from '@/app/_editor/live-sections-provider'
import { useNearViewport } from '@/app/_editor/use-near-viewport'
import { useOpenSection } from '@/app/_editor/use-open-section'
import type { Id } from '@/lib/ids'

// The editor touches the DOM when its module is read, and is most of the page's script: after the page itself.
const BlockEditor = dynamic(() => import('@/app/_editor/block-editor').then((module) => module.BlockEditor), {
  ssr: false,
  loading: () => <SkeletonLines lines={3} />,
})

interface SectionTextProps {
  sectionId: Id
  me: { id: Id; caret: CaretUser }
  canEdit: boolean
  labelledBy: string
  describedBy: string
  onAccessChanged: () => void
  onSignedOut: () => void
}

/** The text of a section: connects as it comes near the viewport, and is gone at once when access is. */
export function SectionText(props: SectionTextProps) {
  const { sectionId, me, canEdit, labelledBy, describedBy, onAccessChanged, onSignedOut } = props
  const place = useRef<HTMLDivElement>(null)
  const near = useNearViewport(place)
  const live = useLiveSection(sectionId)
  const open = useOpenSection({ sectionId, myId: me.id, canEdit, wanted: near, onAccessChanged, onSignedOut })
  const stopped = live.state === 'stopped'
  const outdated = live.state === 'outdated'
  const damaged = live.state === 'damaged' || outdated

  return (
    <div ref={place} className="min-h-16" aria-busy={open === null && live.state !== 'gone'}>
      {stopped && open !== null ? (
        <Notice
          tone="danger"
          role="alert"
          title="The last change here is not saved"
          className="mb-3"
          action={
            <>
              <CopyText doc={open.doc} />
              <Button size="sm" onClick={() => open.connection.provider.connect()}>
                Try again
              </Button>
            </>
          }
        >
          {live.reason}
        </Notice>
      ) : null}
      {damaged && open !== null ? (
        <Notice
          tone="warn"
          role="status"
          title="This section can only be read for now"
          className="mb-3"
          action={
            <>
              {live.saving === 'saved' ? null : <CopyText doc={open.doc} />}
              {outdated ? (
                <Button size="sm" onClick={() => location.reload()}>
                  Load the page again
                </Button>
              ) : null}
            </>
          }
        >
          {live.reason}
          {live.saving === 'saved'
            ? null
            : ' What you typed last could not be saved: copy it before you leave this page.'}
        </Notice>
      ) : null}
      {open !== null ? (
        <BlockEditor
          key={open.doc.guid}
          open={open}
          user={me.caret}
          editable={canEdit && !damaged}
          labelledBy={labelledBy}
          describedBy={describedBy}
        />
      ) : (
        <NoText state={live.state} reason={live.reason} />
      )}
    </div>
  )
}

function NoText({ state, reason }: { state: string; reason: string | null }) {
  if (state === 'gone') {
    return (
      <Notice tone="warn" role="alert" title="This section has been closed for you">
        {reason}
      </Notice>
    )
  }
  return (
    <>
      {state === 'lost' ? <p className="mb-3 text-muted-foreground">{reason}</p> : null}
      <span className="sr-only">Loading the text of this section.</span>
      <SkeletonLines lines={3} />
    </>
  )
}
