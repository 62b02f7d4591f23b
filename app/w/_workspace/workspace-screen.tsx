'use client'

import { useQuery } from '@tanstack/react-query'
import { Notice } from '@/app/_components/feedback/notice'
import { PageHeader } from '@/app/_components/layout/page-header'
import { AgencyTags } from '@/app/_components/marks/agency-tag'
import { ROLE_WORDS } from '@/app/_components/marks/role-words'
import { useApi } from '@/app/_data/use-api'
import { MyKeys } from '@/app/_sharing/my-keys'
import { OpenAsks } from '@/app/w/_asks/open-asks'
import { DocumentsPanel } from '@/app/w/_documents/documents-panel'
import { NewDocument } from '@/app/w/_documents/new-document'
import { PendingOffers } from '@/app/w/_partnership/pending-offers'
import { AgenciesCard } from '@/app/w/_workspace/agencies-card'
import type { MeView } from '@/lib/views/person'
import type { WorkspaceView } from '@/lib/views/workspace'

/** One workspace: its documents, its agencies and the offers that wait. */
export function WorkspaceScreen({ initial, me }: { initial: WorkspaceView; me: MeView }) {
  const asked = useApi().workspaces.get.queryOptions({ workspaceId: initial.id })
  const workspace = useQuery({ ...asked, initialData: initial }).data
  const { can } = workspace
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
          can.createDocument ? (
            <NewDocument
              workspaceId={workspace.id}
              templates={workspace.documents.filter((row) => row.template && !row.archived)}
            />
          ) : null
        }
      />
      {workspace.state === 'archived' ? (
        <Notice tone="warn" title="This workspace is archived" className="mb-4">
          Everything can be read, nothing can be changed.
        </Notice>
      ) : null}
      <div className="mb-6 empty:hidden">
        <MyKeys workspaceId={workspace.id} />
      </div>
      <div className="mb-6">
        <OpenAsks workspaceId={workspace.id} role={workspace.role} />
      </div>
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <DocumentsPanel workspace={workspace} />
        <div className="flex flex-col gap-4">
          <AgenciesCard workspace={workspace} me={me} />
          <PendingOffers workspaceId={workspace.id} />
        </div>
      </div>
    </div>
  )
}
