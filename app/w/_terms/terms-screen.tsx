'use client'

import { useQuery } from '@tanstack/react-query'
import { FileSignature, Pencil } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Empty } from '@/app/_components/feedback/empty'
import { Notice } from '@/app/_components/feedback/notice'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import { PageHeader } from '@/app/_components/layout/page-header'
import { useApi } from '@/app/_data/use-api'
import { CompareVersions } from '@/app/w/_terms/compare-versions'
import { SignTerms } from '@/app/w/_terms/sign-terms'
import { Signatures } from '@/app/w/_terms/signatures'
import { TermsText } from '@/app/w/_terms/terms-text'
import type { TermsView } from '@/lib/views/partnership'
import type { MeView } from '@/lib/views/person'

const DraftEditor = dynamic(
  () => import('@/app/w/_terms/draft-editor').then(({ DraftEditor }) => DraftEditor),
  { loading: () => <SkeletonLines lines={8} /> },
)

/** What the agencies have agreed on: the text in force, who has signed, earlier versions, and the host's draft. */
export function TermsScreen({ initial, me }: { initial: TermsView; me: MeView }) {
  const { workspaceId } = initial
  const asked = useApi().terms.get.queryOptions({ workspaceId })
  const terms = useQuery({ ...asked, initialData: initial }).data
  const [editing, setEditing] = useState(false)
  const [current] = terms.versions
  const { can } = terms
  return (
    <div className="container-page max-w-5xl pb-16">
      <PageHeader
        title="Terms"
        crumbs={[
          { label: 'My workspaces', href: '/' },
          { label: terms.title, href: `/w/${workspaceId}` },
        ]}
        meta={
          <p className="text-muted-foreground">
            What the agencies have agreed on. Each signs for itself; who has not signed the version in force
            is held out until it does.
          </p>
        }
        actions={
          can.draft && !editing ? (
            <Button variant="primary" onClick={() => setEditing(true)}>
              <Pencil aria-hidden />
              {terms.draft ? 'Go on with the draft' : current ? 'Draft new terms' : 'Draft terms'}
            </Button>
          ) : null
        }
      />
      {editing ? (
        <DraftEditor terms={terms} onClose={() => setEditing(false)} />
      ) : terms.draft ? (
        <Notice className="mb-4" title="There is a draft that is not published">
          It binds nobody, and only leads of {terms.host.name} see it.
        </Notice>
      ) : null}
      {current && !editing ? (
        <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_18rem]">
          <section aria-labelledby="in-force" className="flex min-w-0 flex-col gap-4">
            <h2 id="in-force" className="font-semibold text-lg">
              Version {current.version}, in force
            </h2>
            <TermsText terms={current} />
            {can.sign ? <SignTerms workspaceId={workspaceId} terms={current} org={me.org} /> : null}
            {terms.versions.length > 1 ? <CompareVersions versions={terms.versions} /> : null}
          </section>
          <Signatures terms={terms} />
        </div>
      ) : null}
      {current === undefined && !editing ? (
        <Empty icon={<FileSignature />} title="This workspace has no terms" className="py-16">
          Agencies take part without signing anything. Leads of {terms.host.name}, which hosts it, can draft
          terms and publish them; from then on each agency signs before it goes on.
        </Empty>
      ) : null}
    </div>
  )
}
