import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { load } from '@/app/_data/server-api'
import { loadShell } from '@/app/_data/shell-data'
import { MembersScreen } from '@/app/w/_members/members-screen'
import { WorkspacePage } from '@/app/w/_partnership/workspace-page'
import { isId } from '@/lib/ids'

export const metadata: Metadata = { title: 'People' }

export default async function MembersPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params
  if (!isId(workspaceId)) notFound()
  const path = `/w/${workspaceId}/members`
  const { value, problem } = await load(path, (api) => api.members.get({ workspaceId }))
  const shell = await loadShell(path)
  return (
    <WorkspacePage workspaceId={workspaceId} path={path} current="people" title="People" problem={problem}>
      {value && shell.value ? <MembersScreen initial={value} me={shell.value.me} /> : null}
    </WorkspacePage>
  )
}
