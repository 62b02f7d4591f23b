import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { load } from '@/app/_data/server-api'
import { WorkspacePage } from '@/app/w/_partnership/workspace-page'
import { ReviewsScreen } from '@/app/w/_reviews/reviews-screen'
import { isId } from '@/lib/ids'

export const metadata: Metadata = { title: 'Reviews' }

export default async function ReviewsPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params
  if (!isId(workspaceId)) notFound()
  const path = `/w/${workspaceId}/reviews`
  const { value, problem } = await load(path, (api) => api.reviews.list({ workspaceId }))
  return (
    <WorkspacePage workspaceId={workspaceId} path={path} current="overview" title="Reviews" problem={problem}>
      {value ? <ReviewsScreen initial={value} /> : null}
    </WorkspacePage>
  )
}
