'use client'

import { Notice } from '@/app/_components/feedback/notice'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { LabelTag } from '@/app/_components/marks/label-tag'
import type { Problem } from '@/app/_data/problem'
import type { CopyPreview } from '@/lib/views/copies'

interface CopyPreviewViewProps {
  preview: CopyPreview | undefined
  problem: Problem | null
}

/** What would come of it, as the server works it out: marking, whose it is, who would not see it. */
export function CopyPreviewView({ preview, problem }: CopyPreviewViewProps) {
  if (problem !== null) return <ProblemView problem={problem} />
  if (preview === undefined)
    return (
      <div aria-busy="true">
        <span className="sr-only">Working out what would come of it.</span>
        <SkeletonLines lines={3} />
      </div>
    )
  const { label, originators, withoutAccess, leftOut, why, removesOriginals } = preview
  if (why !== null)
    return (
      <Notice tone="warn" role="alert" title="This is not possible">
        {why}
      </Notice>
    )
  return (
    <div className="flex flex-col gap-2 rounded-lg border p-3">
      <p className="flex flex-wrap items-center gap-2">
        Marked <LabelTag label={label} /> originated by
        {originators.map((agency) => (
          <AgencyTag key={agency.id} agency={agency} withName />
        ))}
      </p>
      <p className="text-muted-foreground">
        Nobody gets more of it than of what it is made of, until its originators release more.
      </p>
      {removesOriginals ? <p>The two originals leave the document; you can undo this right after.</p> : null}
      {withoutAccess === null ? null : withoutAccess.length === 0 ? (
        <p>Everyone who can see the document will see it.</p>
      ) : (
        <details>
          <summary className="cursor-pointer font-medium">
            {withoutAccess.length === 1 ? '1 person' : `${withoutAccess.length} people`} who can see the
            document will not see all of it
          </summary>
          <ul className="mt-1 flex flex-col gap-1">
            {withoutAccess.map((person) => (
              <li key={person.id} className="flex items-center gap-2">
                {person.name} <AgencyTag agency={person.org} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {leftOut.length === 0 ? null : (
        <div>
          <p className="font-medium">Left out, because you may not copy it:</p>
          <ul className="list-disc pl-5">
            {leftOut.map((title) => (
              <li key={title}>{title}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
