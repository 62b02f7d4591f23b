import type { Metadata } from 'next'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { AppShell } from '@/app/_components/shell/app-shell'
import { load } from '@/app/_data/server-api'
import { loadShell } from '@/app/_data/shell-data'
import { HomeScreen } from '@/app/_home/home-screen'

export const metadata: Metadata = { title: 'My workspaces' }

export default async function HomePage() {
  const shell = await loadShell('/')
  const recent = await load('/', (api) => api.documents.recent())
  return (
    <AppShell path="/">
      {shell.value && recent.value ? (
        <HomeScreen {...shell.value} recent={recent.value} />
      ) : (
        <div className="container-page py-8">
          <h1 className="mb-4 font-semibold text-2xl">My workspaces</h1>
          {recent.problem ? <ProblemView problem={recent.problem} /> : null}
        </div>
      )}
    </AppShell>
  )
}
