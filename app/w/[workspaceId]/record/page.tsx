import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { PageHeader } from '@/app/_components/layout/page-header'
import { AppShell } from '@/app/_components/shell/app-shell'
import { load } from '@/app/_data/server-api'
import { loadShell } from '@/app/_data/shell-data'
import { RecordScreen } from '@/app/w/_record/record-screen'
import { isId } from '@/lib/ids'

export const metadata: Metadata = { title: 'Record' }

export default async function RecordPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params
  if (!isId(workspaceId)) notFound()
  const path = `/w/${workspaceId}/record`
  const { value, problem } = await load(path, (api) => api.record.choices({ workspaceId }))
  const shell = await loadShell(path)
  const workspace = shell.value?.workspaces.find((card) => card.id === workspaceId)
  return (
    <AppShell path={path} workspaceId={workspaceId}>
      <div className="container-page max-w-7xl pb-16">
        <PageHeader
          title="Record"
          crumbs={[
            { label: 'My workspaces', href: '/' },
            { label: workspace?.title ?? 'Workspace', href: `/w/${workspaceId}` },
          ]}
          meta={
            <p className="text-muted-foreground">
              Every look and every change, newest first. Nothing here can be changed or taken away; your own
              look is on it too.
            </p>
          }
        />
        {value ? <RecordScreen workspaceId={workspaceId} choices={value} /> : null}
        {problem ? <ProblemView problem={problem} /> : null}
      </div>
    </AppShell>
  )
}
