import type { Metadata } from 'next'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { AppShell } from '@/app/_components/shell/app-shell'
import { load } from '@/app/_data/server-api'
import { OrganisationNav } from '@/app/_organisation/organisation-nav'
import { OrganisationScreen } from '@/app/_organisation/organisation-screen'

export const metadata: Metadata = { title: 'My organisation' }

export default async function OrganisationPage() {
  const { value, problem } = await load('/organisation', (api) => api.organisation.get())
  return (
    <AppShell path="/organisation">
      <OrganisationNav current="overview" />
      {value ? <OrganisationScreen initial={value} /> : null}
      {problem ? (
        <div className="container-page py-8">
          <h1 className="mb-4 font-semibold text-2xl">My organisation</h1>
          <ProblemView problem={problem} />
        </div>
      ) : null}
    </AppShell>
  )
}
