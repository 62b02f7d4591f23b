'use client'

import { diffWordsWithSpace } from 'diff'
import { useMemo } from 'react'
import { CONSENT_WORDS, LEAVING_WORDS } from '@/app/w/_partnership/limit-words'
import type { TermsContent } from '@/lib/views/partnership'

/** Long texts that have little in common take long to compare: then both are shown whole. */
const MS = 500

/** What has changed from one text to another, in the text itself: said, not only coloured. */
export function TermsDiff({ before, after }: { before: TermsContent; after: TermsContent }) {
  const words = (terms: TermsContent) =>
    [
      terms.text,
      '',
      terms.consentToInvite ? CONSENT_WORDS.yes : CONSENT_WORDS.no,
      LEAVING_WORDS[terms.onLeaving],
    ].join('\n')
  const [old, now] = [words(before), words(after)]
  const changes = useMemo(
    () =>
      diffWordsWithSpace(old, now, { timeout: MS }) ?? [
        { value: `${old}\n`, removed: true, added: false, count: 1 },
        { value: now, added: true, removed: false, count: 1 },
      ],
    [old, now],
  )
  const starts = changes.map((_, i) => changes.slice(0, i).reduce((sum, { value }) => sum + value.length, 0))
  if (old === now) return <p className="text-muted-foreground">Nothing has changed.</p>
  return (
    <div className="max-w-prose whitespace-pre-wrap break-words leading-relaxed">
      {changes.map(({ value, added, removed }, i) =>
        added ? (
          <ins key={starts[i]} className="bg-success-soft decoration-success">
            <span className="sr-only"> added: </span>
            {value}
            <span className="sr-only"> end. </span>
          </ins>
        ) : removed ? (
          <del key={starts[i]} className="bg-destructive-soft decoration-destructive">
            <span className="sr-only"> removed: </span>
            {value}
            <span className="sr-only"> end. </span>
          </del>
        ) : (
          <span key={starts[i]}>{value}</span>
        ),
      )}
    </div>
  )
}
