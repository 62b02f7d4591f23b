import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { load } from '@/app/_data/server-api'
import { loadShell } from '@/app/_data/shell-data'
import { WorkspacePage } from '@/app/w/_partnership/workspace-page'
import { TermsScreen } from '@/app/w/_terms/terms-screen'
import { isId } from '@/lib/ids'

export const metadata: Metadata = { title: 'Terms' }

export default async function TermsPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params
  if (!isId(workspaceId)) notFound()
  const path = `/w/${workspaceId}/terms`
  const { value, problem } = await load(path, (api) => api.terms.get({ workspaceId }))
  const shell = await loadShell(path)
  return (
    <WorkspacePage workspaceId={workspaceId} path={path} current="terms" title="Terms" problem={problem}>
      {value && shell.value ? <TermsScreen initial={value} me={shell.value.me} /> : null}
    </WorkspacePage>
  )
}
