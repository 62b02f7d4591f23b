import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { load } from '@/app/_data/server-api'
import { GlassScreen } from '@/app/_glass/glass-screen'
import { WorkspacePage } from '@/app/w/_partnership/workspace-page'
import { isId } from '@/lib/ids'

export const metadata: Metadata = { title: 'Break-glass' }

/** Whether people of a workspace can look into a section in an emergency, and the looks to review. */
export default async function Page({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params
  if (!isId(workspaceId)) notFound()
  const path = `/w/${workspaceId}/break-glass`
  const { value, problem } = await load(path, (api) => api.breakGlass.get({ workspaceId }))
  return (
    <WorkspacePage
      workspaceId={workspaceId}
      path={path}
      current="break-glass"
      title="Break-glass"
      problem={problem}
    >
      {value ? <GlassScreen initial={value} /> : null}
    </WorkspacePage>
  )
}
