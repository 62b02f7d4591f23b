import type { ReactNode } from 'react'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { PageHeader } from '@/app/_components/layout/page-header'
import { AppShell } from '@/app/_components/shell/app-shell'
import type { Problem } from '@/app/_data/problem'
import { loadShell } from '@/app/_data/shell-data'
import { WorkspaceNav } from '@/app/w/_partnership/workspace-nav'
import { DeskNav, type DeskTab } from '@/app/w/_record/desk/desk-nav'
import type { Id } from '@/lib/ids'

interface DeskPageProps {
  workspaceId: Id
  /** The page's own address: where one comes back to after signing in. */
  path: string
  /** The tab; null: a page below the record that has none. */
  tab: DeskTab | null
  title: string
  /** What one finds here, in a sentence or two. */
  says?: ReactNode
  actions?: ReactNode
  problem: Problem | null
  children: ReactNode
}

/** What every page of the auditors' desk has around it: the way there, its tabs, and why it could not be shown. */
export async function DeskPage({
  workspaceId,
  path,
  tab,
  title,
  says,
  actions,
  problem,
  children,
}: DeskPageProps) {
  const shell = await loadShell(path)
  const workspace = shell.value?.workspaces.find((card) => card.id === workspaceId)
  const record = { label: 'Record', href: `/w/${workspaceId}/record` }
  return (
    <AppShell path={path} workspaceId={workspaceId}>
      {workspace ? <WorkspaceNav card={workspace} current="record" /> : null}
      <div className="container-page pb-16">
        <PageHeader
          title={title}
          crumbs={[
            { label: 'My workspaces', href: '/' },
            { label: workspace?.title ?? 'Workspace', href: `/w/${workspaceId}` },
            ...(tab === 'entries' ? [] : [record]),
          ]}
          actions={actions}
          meta={says ? <p className="max-w-prose text-muted-foreground">{says}</p> : null}
        />
        {tab === null ? null : <DeskNav workspaceId={workspaceId} current={tab} />}
        {children}
        {problem ? <ProblemView problem={problem} /> : null}
      </div>
    </AppShell>
  )
}
