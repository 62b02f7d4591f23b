import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { AppShell } from '@/app/_components/shell/app-shell'
import { loadUnlessHeldOut } from '@/app/_data/held-out'
import { loadShell } from '@/app/_data/shell-data'
import { HeldOut } from '@/app/w/_partnership/held-out'
import { WorkspaceNav } from '@/app/w/_partnership/workspace-nav'
import { WorkspaceScreen } from '@/app/w/_workspace/workspace-screen'
import { isId } from '@/lib/ids'

export const metadata: Metadata = { title: 'Workspace' }

export default async function WorkspacePage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params
  if (!isId(workspaceId)) notFound()
  const path = `/w/${workspaceId}`
  const { value, heldOut, problem } = await loadUnlessHeldOut(path, workspaceId, (api) =>
    api.workspaces.get({ workspaceId }),
  )
  const shell = await loadShell(path)
  const card = shell.value?.workspaces.find(({ id }) => id === workspaceId)
  return (
    <AppShell path={path} workspaceId={workspaceId}>
      {card ? <WorkspaceNav card={card} current="overview" /> : null}
      {value && shell.value ? <WorkspaceScreen initial={value} me={shell.value.me} /> : null}
      {heldOut && shell.value ? <HeldOut initial={heldOut} me={shell.value.me} /> : null}
      {problem ? (
        <div className="container-page py-8">
          <h1 className="mb-4 font-semibold text-2xl">Workspace</h1>
          <ProblemView problem={problem} />
        </div>
      ) : null}
    </AppShell>
  )
}
