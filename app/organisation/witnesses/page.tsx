import type { Metadata } from 'next'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { PageHeader } from '@/app/_components/layout/page-header'
import { AppShell } from '@/app/_components/shell/app-shell'
import { load } from '@/app/_data/server-api'
import { OrganisationNav } from '@/app/_organisation/organisation-nav'
import { WitnessesScreen } from '@/app/_organisation/witnesses/witnesses-screen'

export const metadata: Metadata = { title: 'Witnesses' }

export default async function WitnessesPage() {
  const path = '/organisation/witnesses'
  const { value, problem } = await load(path, (api) => api.witnesses.list())
  return (
    <AppShell path={path}>
      <OrganisationNav current="witnesses" />
      <div className="container-page flex flex-col gap-6 pb-16">
        <PageHeader
          title="Witnesses"
          meta={
            <p className="max-w-prose text-muted-foreground">
              A witness runs on a machine of your own agency. It checks that the record only ever grows, and
              co-signs it. What it has signed nobody can change unnoticed, not even whoever runs this server.
            </p>
          }
        />
        {problem ? <ProblemView problem={problem} /> : null}
        {value ? <WitnessesScreen initial={value} /> : null}
      </div>
    </AppShell>
  )
}
