'use client'

import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Time } from '@/app/_components/marks/time'
import { StateTag } from '@/app/w/_findings/state-tag'
import { SEVERITY_WORDS } from '@/app/w/_findings/state-words'
import type { Id } from '@/lib/ids'
import type { FindingView } from '@/lib/views/figures/finding'

interface FindingListProps {
  findings: readonly FindingView[]
  onOpen(findingId: Id): void
}

export function FindingList({ findings, onOpen }: FindingListProps) {
  return (
    <ul aria-label="Findings, newest first" className="divide-y rounded-lg border bg-card">
      {findings.map((finding) => (
        <li key={finding.id} className="flex flex-col gap-1.5 p-4">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <button
              type="button"
              onClick={() => onOpen(finding.id)}
              className="min-h-6 rounded-sm text-left font-semibold text-primary hover:underline"
            >
              {finding.title}
            </button>
            <span className="text-muted-foreground text-sm tabular-nums">
              {finding.rule} · {SEVERITY_WORDS[finding.severity]}
            </span>
            <StateTag state={finding.state} />
            <span className="ml-auto text-muted-foreground text-sm">
              <Time at={finding.lastAt} />
            </span>
          </div>
          <FindingSentence finding={finding} />
          {finding.times > 1 ? (
            <p className="text-muted-foreground text-sm">Happened {finding.times} times; this is the last.</p>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

/** Who, and what was found, with its numbers. */
export function FindingSentence({ finding: { person, explanation, about } }: { finding: FindingView }) {
  return (
    <p className="max-w-prose">
      {person ? (
        <>
          <span className="font-medium">{person.name}</span>{' '}
          <AgencyTag agency={{ shortCode: person.orgShortCode, colour: person.orgColour }} />{' '}
        </>
      ) : null}
      {explanation}
      {about?.title ? <span className="text-muted-foreground"> On “{about.title}”.</span> : null}
    </p>
  )
}
