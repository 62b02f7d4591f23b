import type { ReactNode } from 'react'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { AppShell } from '@/app/_components/shell/app-shell'
import type { Problem } from '@/app/_data/problem'
import { loadShell } from '@/app/_data/shell-data'
import { WorkspaceNav, type WorkspacePart } from '@/app/w/_partnership/workspace-nav'
import type { Id } from '@/lib/ids'

interface WorkspacePageProps {
  workspaceId: Id
  path: string
  current: WorkspacePart
  title: string
  problem: Problem | null
  children: ReactNode
}

/** A page of a workspace: its navigation, and what it shows or why it cannot. */
export async function WorkspacePage({
  workspaceId,
  path,
  current,
  title,
  problem,
  children,
}: WorkspacePageProps) {
  const shell = await loadShell(path)
  const card = shell.value?.workspaces.find(({ id }) => id === workspaceId)
  return (
    <AppShell path={path} workspaceId={workspaceId}>
      {card ? <WorkspaceNav card={card} current={current} /> : null}
      {children}
      {problem ? (
        <div className="container-page py-8">
          <h1 className="mb-4 font-semibold text-2xl">{title}</h1>
          <ProblemView problem={problem} />
        </div>
      ) : null}
    </AppShell>
  )
}
