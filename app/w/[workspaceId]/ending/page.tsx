import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { load } from '@/app/_data/server-api'
import { EndingsScreen } from '@/app/w/_asks/endings-screen'
import { WorkspacePage } from '@/app/w/_partnership/workspace-page'
import { isId } from '@/lib/ids'

export const metadata: Metadata = { title: 'Ending soon' }

export default async function EndingPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params
  if (!isId(workspaceId)) notFound()
  const path = `/w/${workspaceId}/ending`
  const { value, problem } = await load(path, (api) => api.endings.list({ workspaceId }))
  return (
    <WorkspacePage
      workspaceId={workspaceId}
      path={path}
      current="overview"
      title="Ending soon"
      problem={problem}
    >
      {value ? <EndingsScreen initial={value} /> : null}
    </WorkspacePage>
  )
}
