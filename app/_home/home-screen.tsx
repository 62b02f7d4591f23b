'use client'

import { useQuery } from '@tanstack/react-query'
import { UsersRound } from 'lucide-react'
import { Empty } from '@/app/_components/feedback/empty'
import { PageHeader } from '@/app/_components/layout/page-header'
import { useApi } from '@/app/_data/use-api'
import { DocumentLinks } from '@/app/_home/document-links'
import { StartWorkspace } from '@/app/_home/start-workspace'
import { Waiting } from '@/app/_home/waiting'
import { WorkspaceCard } from '@/app/_home/workspace-card'
import type { HeldOutView, OfferView } from '@/lib/views/partnership'
import type { MeView } from '@/lib/views/person'
import type { DocumentRowView, WorkspaceCardView } from '@/lib/views/workspace'

type MyDocument = DocumentRowView & { workspaceTitle: string }

interface HomeScreenProps {
  me: MeView
  workspaces: WorkspaceCardView[]
  starred: MyDocument[]
  recent: MyDocument[]
  heldOut: HeldOutView[]
  offers: OfferView[]
}

/** Where everyone arrives: the workspaces I take part in, and the documents I come back to. */
export function HomeScreen({ me, workspaces, starred, recent, heldOut, offers }: HomeScreenProps) {
  const api = useApi()
  const cards = useQuery({ ...api.workspaces.list.queryOptions(), initialData: workspaces }).data
  const stars = useQuery({ ...api.documents.starred.queryOptions(), initialData: starred }).data
  const visits = useQuery({ ...api.documents.recent.queryOptions(), initialData: recent }).data
  const current = cards.filter((card) => card.state === 'active')
  const archived = cards.filter((card) => card.state === 'archived')
  return (
    <div className="container-page pb-16">
      <PageHeader
        title="My workspaces"
        actions={
          me.isAdministrator && cards.length + heldOut.length + offers.length > 0 ? (
            <StartWorkspace org={me.org} />
          ) : null
        }
      />
      <Waiting heldOut={heldOut} offers={offers} />
      {cards.length === 0 && heldOut.length === 0 && offers.length === 0 ? (
        <NoWorkspace me={me} />
      ) : (
        <ul className="grid grid-cols-1 gap-3 sm:grid-cols-2 xl:grid-cols-3">
          {[...current, ...archived].map((card) => (
            <WorkspaceCard key={card.id} card={card} />
          ))}
        </ul>
      )}
      {cards.length > 0 ? (
        <div className="mt-10 grid grid-cols-1 items-start gap-x-8 gap-y-10 lg:grid-cols-2">
          <DocumentLinks
            title="Recent documents"
            rows={visits}
            none="Documents that you open will stand here."
          />
          <DocumentLinks
            title="Starred documents"
            rows={stars}
            none="Star a document in a workspace to find it here and in the sidebar."
          />
        </div>
      ) : null}
    </div>
  )
}

function NoWorkspace({ me }: { me: MeView }) {
  return me.isAdministrator ? (
    <Empty
      icon={<UsersRound />}
      title="No workspace yet"
      action={<StartWorkspace org={me.org} />}
      className="py-16"
    >
      A workspace is a partnership: you start it for {me.org.name}, then invite the other agencies.
    </Empty>
  ) : (
    <Empty icon={<UsersRound />} title="You take part in no workspace yet" className="py-16">
      A lead of {me.org.name} in a workspace can add you to it. If you do not know who that is, ask an
      administrator of {me.org.name}.
    </Empty>
  )
}
