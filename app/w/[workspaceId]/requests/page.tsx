import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { load } from '@/app/_data/server-api'
import { RequestsScreen } from '@/app/w/_asks/requests-screen'
import { WorkspacePage } from '@/app/w/_partnership/workspace-page'
import { isId } from '@/lib/ids'

export const metadata: Metadata = { title: 'Requests for access' }

export default async function RequestsPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params
  if (!isId(workspaceId)) notFound()
  const path = `/w/${workspaceId}/requests`
  const { value, problem } = await load(path, (api) => api.requests.list({ workspaceId }))
  return (
    <WorkspacePage
      workspaceId={workspaceId}
      path={path}
      current="overview"
      title="Requests for access"
      problem={problem}
    >
      {value ? <RequestsScreen initial={value} /> : null}
    </WorkspacePage>
  )
}
