'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { BoundaryForm } from '@/app/_boundary/boundary-form'
import { WhoNow } from '@/app/_boundary/who-now'
import { Button } from '@/app/_components/controls/button'
import { Notice } from '@/app/_components/feedback/notice'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Dialog } from '@/app/_components/overlays/dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import type { Id } from '@/lib/ids'

interface BoundaryPanelProps {
  sectionId: Id
  onClose: () => void
  /** The boundary was set: the page asks what it is for me now. */
  onChanged: () => void
}

/** Who can see and edit a section, and, for those who decide, how to change it. */
export function BoundaryPanel({ sectionId, onClose, onChanged }: BoundaryPanelProps) {
  const api = useApi()
  // Never from the cache: this is what people decide upon.
  const query = useQuery(api.boundaries.get.queryOptions({ sectionId }, { staleTime: 0, gcTime: 0 }))
  const view = query.data
  // One window from first to last, whatever it shows: it knows where the focus goes back to.
  const [footer, setFooter] = useState<HTMLElement | null>(null)
  const mine = view?.can.set === true && query.error === null
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={onClose}
      title={view ? `Who can see “${view.title}”` : 'Who can see this section'}
      description={
        view ? (
          <span className="flex flex-wrap items-center gap-2">
            Originated by <AgencyTag agency={view.originator} withName />
          </span>
        ) : null
      }
      footer={mine ? <div ref={setFooter} className="contents" /> : <Button onClick={onClose}>Close</Button>}
    >
      {query.error ? <ProblemView problem={problemOf(query.error)} /> : null}
      {view === undefined && !query.error ? (
        <div aria-busy="true">
          <span className="sr-only">Looking up who can see it.</span>
          <SkeletonLines lines={6} />
        </div>
      ) : null}
      {view !== undefined && !view.can.set ? (
        <>
          <Notice className="mb-4" title="You can look at this boundary, not change it">
            {view.can.why}
          </Notice>
          <WhoNow who={view.who} />
        </>
      ) : null}
      {view !== undefined && mine ? (
        <BoundaryForm
          view={view}
          footer={footer}
          onClose={onClose}
          onStale={() => void query.refetch()}
          onSet={() => {
            onChanged()
            onClose()
          }}
        />
      ) : null}
    </Dialog>
  )
}
