'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Notice } from '@/app/_components/feedback/notice'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { PageHeader } from '@/app/_components/layout/page-header'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Time } from '@/app/_components/marks/time'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { ChangeList } from '@/app/_sharing/change/change-list'
import { ReleaseActs } from '@/app/releases/_release/release-acts'
import { ReleaseKeys } from '@/app/releases/_release/release-keys'
import type { ReleaseState, ReleaseView } from '@/lib/views/sharing'

/** Others turn their keys while one looks: asked again this often, as long as it is pending and looked at. */
const EVERY_MS = 5_000

const ENDED: Record<Exclude<ReleaseState, 'pending'>, { title: string; tone: 'success' | 'warn' }> = {
  completed: { title: 'Both keys were turned: it is done', tone: 'success' },
  declined: { title: 'It was declined', tone: 'warn' },
  withdrawn: { title: 'It was taken back', tone: 'warn' },
  voided: { title: 'It ended because something changed in the meantime', tone: 'warn' },
  lapsed: { title: 'It ended: its keys were not turned in time', tone: 'warn' },
}

/** What would be given to whom, whose keys it takes, and what the reader can do about it. */
export function ReleaseScreen({ initial }: { initial: ReleaseView }) {
  const query = useQuery({
    ...useApi().releases.get.queryOptions({ releaseId: initial.id }),
    initialData: initial,
    refetchInterval: ({ state }) => (state.data?.state === 'pending' ? EVERY_MS : false),
    retry: false,
  })
  const release = query.data
  const problem = query.error ? problemOf(query.error) : null
  if (problem !== null && problem.code !== 'offline')
    return (
      <div className="container-page py-8">
        <h1 className="mb-4 font-semibold text-2xl">Release</h1>
        <ProblemView problem={problem} />
      </div>
    )
  const { state, ended, workspace } = release
  return (
    <div className="container-page flex max-w-3xl flex-col gap-6 pb-16">
      <PageHeader
        title={`Release of “${release.title ?? 'a section'}”`}
        crumbs={[
          { label: 'My workspaces', href: '/' },
          { label: workspace.title, href: `/w/${workspace.id}` },
        ]}
        meta={
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted-foreground">
            Asked for by {release.requestedBy.name} <AgencyTag agency={release.requestedBy.org} />
            <Time at={release.requestedAt} />
          </span>
        }
      />
      {state === 'pending' ? (
        <Notice title="Nothing has changed yet">
          <p>
            It happens when the last key is turned, and ends by itself{' '}
            <Time at={release.expiresAt} as="since" /> (<Time at={release.expiresAt} />
            ). Any change in between ends it.
          </p>
        </Notice>
      ) : (
        <Notice tone={ENDED[state].tone} title={ENDED[state].title}>
          {ended === null ? null : (
            <p>
              {ended.by === null ? 'By itself, ' : `${ended.by.name}, `}
              <Time at={ended.at} />
              {ended.reason === null ? null : <>: “{ended.reason}”</>}
            </p>
          )}
        </Notice>
      )}
      {state === 'pending' && !release.current ? (
        <Notice tone="warn" role="alert" title="Something changed since it was asked for">
          Who would gain is no longer what was confirmed. It cannot be completed; whoever turns the next key
          ends it. Ask for it again.
        </Notice>
      ) : null}
      {release.gain.length + release.lose.length === 0 ? null : (
        <section aria-labelledby="who-gains" className="flex flex-col gap-3">
          <h2 id="who-gains" className="font-semibold text-lg">
            Exactly this would change
          </h2>
          <ChangeList title="Would gain" tone="gain" rows={release.gain} />
          <ChangeList title="Would lose" tone="lose" rows={release.lose} />
          <p className="text-muted-foreground text-sm">
            They could read all of it, also what was written before. What somebody has read cannot be taken
            back.
          </p>
        </section>
      )}
      <ReleaseKeys release={release} />
      <ReleaseActs release={release} onDone={() => void query.refetch()} />
      {release.documentId === null ? null : (
        <p className="text-sm">
          <Link
            href={`/d/${release.documentId}${release.sectionId === null ? '' : `#${release.sectionId}`}`}
            prefetch={false}
            className="underline underline-offset-2"
          >
            Open the document
          </Link>{' '}
          <span className="text-muted-foreground">(if you can see it)</span>
        </p>
      )}
    </div>
  )
}
