'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Select } from '@/app/_components/controls/select'
import { Empty } from '@/app/_components/feedback/empty'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import { LabelTag } from '@/app/_components/marks/label-tag'
import { later, useLater } from '@/app/_components/overlays/parts/later'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { Row, Section } from '@/app/account/section'
import type { Id } from '@/lib/ids'
import type { OriginatedView, OwnPartView } from '@/lib/views/organisation'
import type { AgencyView } from '@/lib/views/person'

const accessDialog = later(() => import('@/app/_access/access-dialog'))

/** What the organisation originated in one workspace, and who can see that now. */
export function OriginatedCard({ parts, org }: { parts: OwnPartView[]; org: AgencyView }) {
  const mine = parts.filter((part) => part.mine)
  const [chosen, setChosen] = useState<Id>(mine[0]?.id ?? '')
  return (
    <Section
      title={`Originated by ${org.name}`}
      about="Its sections, as far as you may see them, and whom their boundaries let in."
      action={
        mine.length > 1 ? (
          <Select
            aria-label="Workspace"
            className="w-72 max-w-full"
            value={chosen}
            options={mine.map(({ id, title }) => ({ value: id, label: title }))}
            onChange={(event) => setChosen(event.target.value)}
          />
        ) : undefined
      }
    >
      {chosen === '' ? (
        <li className="p-4">
          <Empty title="You are in none of its workspaces">
            What was originated in a workspace is shown to its members alone, also to administrators.
          </Empty>
        </li>
      ) : (
        <Rows key={chosen} workspaceId={chosen} />
      )}
    </Section>
  )
}

function Rows({ workspaceId }: { workspaceId: Id }) {
  const query = useQuery(useApi().organisation.originated.queryOptions({ workspaceId }, { retry: false }))
  const [asked, setAsked] = useState<OriginatedView | null>(null)
  const close = () => setAsked(null)
  const part = useLater(accessDialog, asked !== null, close)
  if (query.error)
    return (
      <li className="p-4">
        <ProblemView problem={problemOf(query.error)} />
      </li>
    )
  if (query.data === undefined)
    return (
      <li className="p-4" aria-busy="true">
        <span className="sr-only">Looking up what was originated.</span>
        <SkeletonLines lines={4} />
      </li>
    )
  if (query.data.length === 0)
    return (
      <li className="p-4">
        <Empty title="Nothing here that you may see" />
      </li>
    )
  return (
    <>
      {query.data.map((section) => (
        <Row
          key={section.id}
          actions={
            <Button
              size="sm"
              aria-label={`Who can see “${section.title}” now`}
              onClick={() => setAsked(section)}
            >
              Who can see it now
            </Button>
          }
        >
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <Link
              href={`/d/${section.document.id}#${section.id}`}
              prefetch={false}
              className="break-words font-medium hover:underline"
            >
              {section.title}
            </Link>
            <LabelTag label={section.label} />
          </p>
          <p className="text-muted-foreground text-sm">
            {section.document.title} · Boundary: {section.audience.text}
            {section.frozen ? ' · Frozen' : ''}
          </p>
        </Row>
      ))}
      {asked && part ? (
        <li className="hidden">
          <part.AccessDialog on={{ sectionId: asked.id }} title={asked.title} onClose={close} />
        </li>
      ) : null}
    </>
  )
}
