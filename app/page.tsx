import type { Metadata } from 'next'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { AppShell } from '@/app/_components/shell/app-shell'
import { load } from '@/app/_data/server-api'
import { loadShell } from '@/app/_data/shell-data'
import { HomeScreen } from '@/app/_home/home-screen'

export const metadata: Metadata = { title: 'My workspaces' }

export default async function HomePage() {
  const shell = await loadShell('/')
  const mine = await load('/', async (api) => {
    const [rows, heldOut, offers] = await Promise.all([
      api.documents.recent(),
      api.participation.heldOut(),
      api.offers.mine(),
    ])
    return { recent: rows, heldOut, offers }
  })
  return (
    <AppShell path="/">
      {shell.value && mine.value ? (
        <HomeScreen {...shell.value} {...mine.value} />
      ) : (
        <div className="container-page py-8">
          <h1 className="mb-4 font-semibold text-2xl">My workspaces</h1>
          {mine.problem ? <ProblemView problem={mine.problem} /> : null}
        </div>
      )}
    </AppShell>
  )
}
