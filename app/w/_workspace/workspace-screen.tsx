'use client'

import { useQuery } from '@tanstack/react-query'
import { ScrollText, UsersRound } from 'lucide-react'
import Link from 'next/link'
import { buttonClass } from '@/app/_components/controls/button-class'
import { Notice } from '@/app/_components/feedback/notice'
import { PageHeader } from '@/app/_components/layout/page-header'
import { AgencyTags } from '@/app/_components/marks/agency-tag'
import { ROLE_WORDS } from '@/app/_components/marks/role-words'
import { useApi } from '@/app/_data/use-api'
import { DocumentsPanel } from '@/app/w/_documents/documents-panel'
import { NewDocument } from '@/app/w/_documents/new-document'
import { AgenciesCard } from '@/app/w/_workspace/agencies-card'
import type { MeView } from '@/lib/views/person'
import type { WorkspaceView } from '@/lib/views/workspace'

/** One workspace: its documents, its agencies and the way to its people and its record. */
export function WorkspaceScreen({ initial, me }: { initial: WorkspaceView; me: MeView }) {
  const asked = useApi().workspaces.get.queryOptions({ workspaceId: initial.id })
  const workspace = useQuery({ ...asked, initialData: initial }).data
  const { can } = workspace
  const path = `/w/${workspace.id}`
  return (
    <div className="container-page pb-16">
      <PageHeader
        title={workspace.title}
        crumbs={[{ label: 'My workspaces', href: '/' }]}
        meta={
          <>
            <AgencyTags agencies={workspace.agencies} />
            <span className="text-muted-foreground text-sm" title={ROLE_WORDS[workspace.role].means}>
              Your role: {ROLE_WORDS[workspace.role].name}
            </span>
          </>
        }
        actions={
          <>
            {can.seeMembers ? (
              <Link href={`${path}/members`} prefetch={false} className={buttonClass()}>
                <UsersRound aria-hidden />
                People
              </Link>
            ) : null}
            {can.readRecord ? (
              <Link href={`${path}/record`} prefetch={false} className={buttonClass()}>
                <ScrollText aria-hidden />
                Record
              </Link>
            ) : null}
            {can.createDocument ? <NewDocument workspaceId={workspace.id} /> : null}
          </>
        }
      />
      {workspace.state === 'archived' ? (
        <Notice tone="warn" title="This workspace is archived" className="mb-4">
          Everything can be read, nothing can be changed.
        </Notice>
      ) : null}
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <DocumentsPanel workspace={workspace} />
        <AgenciesCard workspace={workspace} me={me} />
      </div>
    </div>
  )
}
