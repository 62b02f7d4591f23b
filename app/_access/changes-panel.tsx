'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { MomentInput } from '@/app/_access/moment-input'
import { Empty } from '@/app/_components/feedback/empty'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Time } from '@/app/_components/marks/time'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { levelWords } from '@/app/_sharing/rows/level-choices'
import type { Level } from '@/lib/policy/vocabulary'
import type { AccessChangeView } from '@/lib/views/access'
import type { SharingRef } from '@/lib/views/sharing'

const WEEK = 7 * 24 * 3_600_000

/** Who gained and who lost between two moments, each with the change that did it. */
export function ChangesPanel({ on }: { on: SharingRef }) {
  const api = useApi()
  const [from, setFrom] = useState(() => new Date(Date.now() - WEEK).toISOString())
  const [until, setUntil] = useState('')
  const query = useQuery(
    api.access.compare.queryOptions(
      { on, from, until: until === '' ? null : until },
      { staleTime: 0, gcTime: 0, retry: false, enabled: from !== '' },
    ),
  )
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        <MomentInput label="From" value={from} onChange={setFrom} />
        <MomentInput label="To" value={until} hint={until === '' ? 'Empty: now' : ''} onChange={setUntil} />
      </div>
      {from === '' ? <p>Choose the first moment.</p> : null}
      {query.error ? <ProblemView problem={problemOf(query.error)} /> : null}
      {query.isLoading ? (
        <div aria-busy="true">
          <span className="sr-only">Comparing.</span>
          <SkeletonLines lines={4} />
        </div>
      ) : null}
      {query.data ? (
        <div aria-live="polite" className="flex flex-col gap-4">
          {query.data.gained.length + query.data.lost.length === 0 ? (
            <Empty title="Nobody’s access is different">
              What may have changed in between was undone again before the second moment.
            </Empty>
          ) : null}
          <ChangeList title="Gained" changes={query.data.gained} />
          <ChangeList title="Lost" changes={query.data.lost} />
        </div>
      ) : null}
    </div>
  )
}

function ChangeList({ title, changes }: { title: string; changes: AccessChangeView[] }) {
  if (changes.length === 0) return null
  return (
    <section aria-label={title}>
      <h3 className="mb-2 font-semibold">
        {title} <span className="font-normal text-muted-foreground">{changes.length}</span>
      </h3>
      <ul className="divide-y rounded-lg border">
        {changes.map(({ person, before, after, causes }) => (
          <li key={person.id} className="px-3 py-2">
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-medium">{person.name}</span>
              <AgencyTag agency={person.org} />
              <span className="text-sm">
                {words(before)} → {words(after)}
              </span>
            </p>
            <ol className="mt-1 flex flex-col gap-0.5 text-muted-foreground text-sm">
              {causes.map((cause) => (
                <li key={`${cause.at} ${cause.after}`}>
                  <Time at={cause.at} />:{' '}
                  {cause.event === null
                    ? 'a date passed'
                    : `${cause.event.by ?? 'Somebody'} ${cause.event.words}`}
                  {causes.length > 1 ? ` (${words(cause.before)} → ${words(cause.after)})` : ''}
                </li>
              ))}
            </ol>
          </li>
        ))}
      </ul>
    </section>
  )
}

const words = (level: Level): string => (level === 'none' ? 'No access' : levelWords(level))
