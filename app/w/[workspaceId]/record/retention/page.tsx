import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { load } from '@/app/_data/server-api'
import { DeskPage } from '@/app/w/_record/desk/desk-page'
import { RetentionScreen } from '@/app/w/_retention/retention-screen'
import { isId } from '@/lib/ids'

export const metadata: Metadata = { title: 'How long the record is kept' }

export default async function RetentionPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params
  if (!isId(workspaceId)) notFound()
  const path = `/w/${workspaceId}/record/retention`
  const { value, problem } = await load(path, (api) => api.retention.get({ workspaceId }))
  return (
    <DeskPage
      workspaceId={workspaceId}
      path={path}
      tab="retention"
      title="How long the record is kept"
      says="Each month is searchable first, then lies in a sealed file. What is dropped at the end is gone for ever; its hashes stay, so that the rest can still be verified."
      problem={problem}
    >
      {value ? <RetentionScreen workspaceId={workspaceId} initial={value} /> : null}
    </DeskPage>
  )
}
