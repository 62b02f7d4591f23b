import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { AppShell } from '@/app/_components/shell/app-shell'
import { load } from '@/app/_data/server-api'
import { loadShell } from '@/app/_data/shell-data'
import { MembersScreen } from '@/app/w/_members/members-screen'
import { isId } from '@/lib/ids'

export const metadata: Metadata = { title: 'People' }

export default async function MembersPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params
  if (!isId(workspaceId)) notFound()
  const path = `/w/${workspaceId}/members`
  const { value, problem } = await load(path, (api) => api.members.get({ workspaceId }))
  const shell = await loadShell(path)
  return (
    <AppShell path={path} workspaceId={workspaceId}>
      {value && shell.value ? <MembersScreen initial={value} me={shell.value.me} /> : null}
      {problem ? (
        <div className="container-page py-8">
          <h1 className="mb-4 font-semibold text-2xl">People</h1>
          <ProblemView problem={problem} />
        </div>
      ) : null}
    </AppShell>
  )
}
