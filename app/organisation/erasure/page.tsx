import type { Metadata } from 'next'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { PageHeader } from '@/app/_components/layout/page-header'
import { AppShell } from '@/app/_components/shell/app-shell'
import { load } from '@/app/_data/server-api'
import { OrganisationNav } from '@/app/_organisation/organisation-nav'
import { ErasureScreen } from '@/app/organisation/erasure/erasure-screen'

export const metadata: Metadata = { title: 'Erasure and holds' }

export default async function ErasurePage() {
  const path = '/organisation/erasure'
  const { value, problem } = await load(path, async (api) => ({
    me: await api.me.get(),
    erasure: await api.erasure.list(),
  }))
  return (
    <AppShell path={path}>
      <OrganisationNav current="erasure" />
      <div className="container-page flex flex-col gap-8 pb-16">
        <PageHeader
          title="Erasure and holds"
          meta={
            <p className="max-w-prose text-muted-foreground">
              Takes away for ever what names a person who has left: name, addresses, what the record knows of
              them. What they did stays on record, under nobody’s name, and can still be verified.
            </p>
          }
        />
        {problem ? <ProblemView problem={problem} /> : null}
        {value ? <ErasureScreen initial={value.erasure} organisation={value.me.org.name} /> : null}
      </div>
    </AppShell>
  )
}
