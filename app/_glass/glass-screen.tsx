'use client'

import { useQuery } from '@tanstack/react-query'
import { ShieldAlert } from 'lucide-react'
import { Empty } from '@/app/_components/feedback/empty'
import { Notice } from '@/app/_components/feedback/notice'
import { PageHeader } from '@/app/_components/layout/page-header'
import { useApi } from '@/app/_data/use-api'
import { GlassSwitch } from '@/app/_glass/glass-switch'
import { LookCard } from '@/app/_glass/look-card'
import type { BreakGlassView } from '@/lib/views/break-glass'

/** Break-glass of one workspace: its switch with two keys, and the looks that concern the reader. */
export function GlassScreen({ initial }: { initial: BreakGlassView }) {
  const asked = useApi().breakGlass.get.queryOptions({ workspaceId: initial.workspaceId })
  const { data: view, refetch } = useQuery({ ...asked, initialData: initial })
  const refresh = () => void refetch()
  const waiting = view.looks.filter(({ open, review }) => open || review === null)
  const reviewed = view.looks.filter(({ open, review }) => !open && review !== null)
  return (
    <div className="container-page pb-16">
      <PageHeader
        title="Break-glass"
        crumbs={[
          { label: 'My workspaces', href: '/' },
          { label: view.title, href: `/w/${view.workspaceId}` },
        ]}
      />
      <p className="mb-4 max-w-prose text-muted-foreground">
        In an emergency a member opens one section that they may know of but not read: read only, for at most
        an hour, with a reason. Its originator is told first and says within 72 hours whether it was
        justified.
      </p>
      {view.blocked ? (
        <Notice tone="danger" className="mb-4" title="A review is overdue">
          Until it is made nobody can break glass in this workspace.
        </Notice>
      ) : null}
      <GlassSwitch view={view} onDone={refresh} />
      <section aria-labelledby="looks" className="mt-8">
        <h2 id="looks" className="mb-3 font-semibold text-lg">
          Open or waiting for review
        </h2>
        {waiting.length === 0 ? (
          <Empty icon={<ShieldAlert />} title="Nothing waits">
            Looks into your organisation’s sections, and your own, stand here until they are reviewed.
          </Empty>
        ) : (
          <ul className="flex flex-col gap-3">
            {waiting.map((look) => (
              <LookCard key={look.id} look={look} onDone={refresh} />
            ))}
          </ul>
        )}
      </section>
      {reviewed.length > 0 ? (
        <section aria-labelledby="reviewed" className="mt-8">
          <h2 id="reviewed" className="mb-3 font-semibold text-lg">
            Reviewed
          </h2>
          <ul className="flex flex-col gap-3">
            {reviewed.map((look) => (
              <LookCard key={look.id} look={look} onDone={refresh} />
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}
