'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { MomentInput } from '@/app/_access/moment-input'
import { PersonRow } from '@/app/_access/person-row'
import { Button } from '@/app/_components/controls/button'
import { Empty } from '@/app/_components/feedback/empty'
import { Notice } from '@/app/_components/feedback/notice'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Time } from '@/app/_components/marks/time'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import type { AccessView } from '@/lib/views/access'
import type { SharingRef } from '@/lib/views/sharing'

/** Everyone by agency, now or at a chosen moment; each row opens into its reasons. */
export function WhoPanel({ on }: { on: SharingRef }) {
  const api = useApi()
  const [at, setAt] = useState('')
  const moment = at === '' ? null : at
  // Never from the cache: this is an answer on record.
  const query = useQuery(
    api.access.who.queryOptions({ on, at: moment }, { staleTime: 0, gcTime: 0, retry: false }),
  )
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end gap-2">
        <MomentInput label="At this moment" value={at} onChange={setAt} />
        {at === '' ? (
          <p className="pb-1.5 text-muted-foreground text-sm">Now</p>
        ) : (
          <Button onClick={() => setAt('')}>Now</Button>
        )}
      </div>
      {query.error ? <ProblemView problem={problemOf(query.error)} /> : null}
      {query.isPending ? (
        <div aria-busy="true">
          <span className="sr-only">Looking up who can see it.</span>
          <SkeletonLines lines={5} />
        </div>
      ) : null}
      {query.data ? <Answer on={on} at={moment} view={query.data} /> : null}
    </div>
  )
}

function Answer({ on, at, view }: { on: SharingRef; at: string | null; view: AccessView }) {
  if (!view.existed)
    return (
      <Empty title="It was not there">
        At that moment this {view.kind} had not been made yet, or was deleted. Nobody could see it.
      </Empty>
    )
  const count = view.agencies.reduce((sum, { people }) => sum + people.length, 0)
  return (
    <div aria-live="polite">
      {view.about === 'self' ? (
        <Notice className="mb-4" title="You see your own access only">
          Whoever rules over this {view.kind} sees everyone’s.
        </Notice>
      ) : (
        <p className="mb-3">
          <strong className="font-semibold">{count === 1 ? '1 person' : `${count} people`}</strong>{' '}
          {at === null ? 'can see it now' : 'could see it on '}
          {at === null ? '' : <Time at={view.at} />}.
        </p>
      )}
      <div className="flex flex-col gap-3">
        {view.agencies.map(({ agency, people }) => (
          <section key={agency.id} aria-label={agency.name} className="rounded-lg border">
            <p className="flex items-center justify-between gap-2 border-b bg-sunken px-3 py-1.5">
              <AgencyTag agency={agency} withName />
              <span className="shrink-0 text-muted-foreground text-sm">
                {people.length === 1 ? '1 person' : `${people.length} people`}
              </span>
            </p>
            <ul className="divide-y">
              {people.map((row) => (
                <PersonRow key={row.person.id} on={on} at={at} row={row} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {view.without.count > 0 ? <Without on={on} at={at} view={view} /> : null}
    </div>
  )
}

function Without({ on, at, view }: { on: SharingRef; at: string | null; view: AccessView }) {
  const { count, people } = view.without
  return (
    <details className="mt-4 rounded-lg border" open={view.about === 'self'}>
      <summary className="cursor-pointer px-3 py-2 font-medium">
        {count === 1 ? '1 person' : `${count} people`} of this workspace without access
      </summary>
      <ul className="divide-y border-t">
        {people.map((row) => (
          <PersonRow key={row.person.id} on={on} at={at} row={row} withAgency />
        ))}
      </ul>
      {count > people.length ? (
        <p className="border-t px-3 py-2 text-muted-foreground text-sm">
          The first {people.length} are listed.
        </p>
      ) : null}
    </details>
  )
}
