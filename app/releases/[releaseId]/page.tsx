import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { AppShell } from '@/app/_components/shell/app-shell'
import { load } from '@/app/_data/server-api'
import { ReleaseScreen } from '@/app/releases/_release/release-screen'
import { isId } from '@/lib/ids'

// Never its title: who may know what it is about is decided by the page itself.
export const metadata: Metadata = { title: 'Release' }

/** A release for those who asked for it or hold a key. */
export default async function ReleasePage({ params }: { params: Promise<{ releaseId: string }> }) {
  const { releaseId } = await params
  if (!isId(releaseId)) notFound()
  const path = `/releases/${releaseId}`
  const { value, problem } = await load(path, (api) => api.releases.get({ releaseId }))
  return (
    <AppShell path={path} {...(value ? { workspaceId: value.workspaceId } : {})}>
      {value ? (
        <ReleaseScreen initial={value} />
      ) : (
        <div className="container-page py-8">
          <h1 className="mb-4 font-semibold text-2xl">Release</h1>
          <ProblemView problem={problem} />
        </div>
      )}
    </AppShell>
  )
}
