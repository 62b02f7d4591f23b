import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { load } from '@/app/_data/server-api'
import { WorkspacePage } from '@/app/w/_partnership/workspace-page'
import { ReviewScreen } from '@/app/w/_reviews/review-screen'
import { isId } from '@/lib/ids'

export const metadata: Metadata = { title: 'Review' }

export default async function ReviewPage({
  params,
}: {
  params: Promise<{ workspaceId: string; reviewId: string }>
}) {
  const { workspaceId, reviewId } = await params
  if (!isId(workspaceId) || !isId(reviewId)) notFound()
  const path = `/w/${workspaceId}/reviews/${reviewId}`
  const { value, problem } = await load(path, (api) => api.reviews.get({ reviewId }))
  if (value !== null && value.workspaceId !== workspaceId) notFound()
  return (
    <WorkspacePage workspaceId={workspaceId} path={path} current="overview" title="Review" problem={problem}>
      {value ? <ReviewScreen initial={value} /> : null}
    </WorkspacePage>
  )
}
