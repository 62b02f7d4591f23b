import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { load } from '@/app/_data/server-api'
import { ActivityScreen } from '@/app/w/_activity/activity-screen'
import { DeskPage } from '@/app/w/_record/desk/desk-page'
import { isId } from '@/lib/ids'

export const metadata: Metadata = { title: 'Activity' }

export default async function ActivityPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params
  if (!isId(workspaceId)) notFound()
  const path = `/w/${workspaceId}/record/activity`
  const { value, problem } = await load(path, (api) => api.record.choices({ workspaceId }))
  return (
    <DeskPage
      workspaceId={workspaceId}
      path={path}
      tab="activity"
      title="Activity"
      says="The record in pictures. Every number opens the entries that it counts; each look is on record too."
      problem={problem}
    >
      {value ? (
        <ActivityScreen
          workspaceId={workspaceId}
          choices={value}
          today={new Date().toISOString().slice(0, 10)}
        />
      ) : null}
    </DeskPage>
  )
}
