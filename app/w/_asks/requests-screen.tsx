'use client'

import { useQuery } from '@tanstack/react-query'
import { MailCheck } from 'lucide-react'
import { RequestRow } from '@/app/_asks/answer/request-row'
import { Empty } from '@/app/_components/feedback/empty'
import { PageHeader } from '@/app/_components/layout/page-header'
import { useApi } from '@/app/_data/use-api'
import type { RequestsView } from '@/lib/views/asks/request'

/** Who asks for access to what is ours to decide about. */
export function RequestsScreen({ initial }: { initial: RequestsView }) {
  const { workspaceId } = initial
  const asked = useApi().requests.list.queryOptions({ workspaceId })
  const { title, requests } = useQuery({ ...asked, initialData: initial }).data
  return (
    <div className="container-page max-w-4xl pb-16">
      <PageHeader
        title="Requests for access"
        crumbs={[
          { label: 'My workspaces', href: '/' },
          { label: title, href: `/w/${workspaceId}` },
        ]}
      />
      {requests.length === 0 ? (
        <Empty icon={<MailCheck />} title="No request waits for you">
          <p>
            When somebody asks for a section or document of your agency, it stands here and in your inbox.
          </p>
        </Empty>
      ) : (
        <ul className="divide-y rounded-lg border bg-card">
          {requests.map((request) => (
            <RequestRow key={request.id} request={request} withPlace />
          ))}
        </ul>
      )}
    </div>
  )
}
