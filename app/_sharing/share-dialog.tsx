'use client'

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Notice } from '@/app/_components/feedback/notice'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Dialog } from '@/app/_components/overlays/dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import type { Draft } from '@/app/_sharing/change/draft'
import { CopyLink } from '@/app/_sharing/copy-link'
import { ShareForm } from '@/app/_sharing/share-form'
import { WaitingReleases } from '@/app/_sharing/waiting-releases'
import { WhoNow } from '@/app/_sharing/who-now'
import type { SharingRef, SharingView } from '@/lib/views/sharing'

export interface ShareDialogProps {
  on: SharingRef
  onClose: () => void
  /** Something was changed: the page asks what it is for me now. */
  onChanged: () => void
  /** What the form begins with besides what is in force: a thaw that was asked for elsewhere. */
  start?: Partial<Draft>
  /** Requests for access that wait, on top. */
  requests?: (view: SharingView) => ReactNode
  /** Ways to look at it as somebody else, and to ask why: beside who can see it now. */
  explain?: (view: SharingView) => ReactNode
  /** For who cannot change it: the way to ask for more. */
  ask?: (view: SharingView) => ReactNode
}

/** Who can see and edit a section or a document, and, for those who decide, how to change it. */
export function ShareDialog({ on, onClose, onChanged, start, requests, explain, ask }: ShareDialogProps) {
  const api = useApi()
  // Never from the cache: this is what people decide upon.
  const query = useQuery(api.sharing.get.queryOptions({ on }, { staleTime: 0, gcTime: 0 }))
  const view = query.data
  // One window from first to last, whatever it shows: it knows where the focus goes back to.
  const [footer, setFooter] = useState<HTMLElement | null>(null)
  const mine = view?.can.change === true && query.error === null
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={onClose}
      title={view ? `Share “${view.title}”` : 'Share'}
      description={
        view ? (
          <span className="flex flex-wrap items-center gap-2">
            {'sectionId' in view.on ? 'Originated by' : 'Owned by'}{' '}
            <AgencyTag agency={view.originator} withName />
          </span>
        ) : null
      }
      footer={
        <>
          {view === undefined ? null : <CopyLink view={view} />}
          {mine ? <div ref={setFooter} className="contents" /> : <Button onClick={onClose}>Close</Button>}
        </>
      }
    >
      {query.error ? <ProblemView problem={problemOf(query.error)} /> : null}
      {view === undefined && !query.error ? (
        <div aria-busy="true">
          <span className="sr-only">Looking up who can see it.</span>
          <SkeletonLines lines={6} />
        </div>
      ) : null}
      {view === undefined || query.error ? null : (
        <div className="flex flex-col gap-6">
          {requests?.(view)}
          <WaitingReleases releases={view.releases} />
          {mine ? (
            <ShareForm
              view={view}
              footer={footer}
              {...(start === undefined ? {} : { start })}
              onClose={onClose}
              onStale={() => void query.refetch()}
              onSet={() => {
                onChanged()
                onClose()
              }}
            />
          ) : (
            <Notice title="You can look at this, not change it" action={ask?.(view)}>
              {view.can.why}
            </Notice>
          )}
          <WhoNow view={view} explain={explain && <Suspense fallback={null}>{explain(view)}</Suspense>} />
        </div>
      )}
    </Dialog>
  )
}
