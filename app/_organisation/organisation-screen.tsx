'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { PageHeader } from '@/app/_components/layout/page-header'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { useApi } from '@/app/_data/use-api'
import { DomainsCard } from '@/app/_organisation/domains-card'
import { OriginatedCard } from '@/app/_organisation/originated-card'
import { PartsCard } from '@/app/_organisation/parts-card'
import type { OwnOrganisationView } from '@/lib/views/organisation'

/** One's own organisation: who administers it, where it takes part, what it originated, its mail domains. */
export function OrganisationScreen({ initial }: { initial: OwnOrganisationView }) {
  const { data: view, refetch } = useQuery(
    useApi().organisation.get.queryOptions(undefined, { initialData: initial }),
  )
  const { org, administrators, workspaces, can } = view
  return (
    <div className="container-page flex flex-col gap-8 pb-16">
      <PageHeader title={org.name} meta={<AgencyTag agency={org} />} />
      <section aria-labelledby="administrators" className="flex flex-col gap-2">
        <h2 id="administrators" className="font-semibold text-lg">
          Administrators
        </h2>
        <p className="text-muted-foreground">
          They manage accounts, groups and mail domains, and sign terms. It opens no workspace to them.
        </p>
        <ul className="flex flex-wrap gap-2">
          {administrators.map(({ id, name }) => (
            <li key={id} className="rounded-full border bg-card px-3 py-1 font-medium text-sm">
              {name}
            </li>
          ))}
        </ul>
        {can.manage ? (
          <p className="text-sm">
            <Link
              href="/organisation/people"
              prefetch={false}
              className="font-medium text-primary underline-offset-2 hover:underline"
            >
              Manage people and administrators
            </Link>
          </p>
        ) : null}
      </section>
      <PartsCard parts={workspaces} org={org} />
      <OriginatedCard parts={workspaces} org={org} />
      <DomainsCard domains={view.domains} org={org} canManage={can.manage} onChanged={() => refetch()} />
    </div>
  )
}
