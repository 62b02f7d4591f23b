import type { Metadata } from 'next'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { PageHeader } from '@/app/_components/layout/page-header'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { AppShell } from '@/app/_components/shell/app-shell'
import { load } from '@/app/_data/server-api'
import { GroupsCard } from '@/app/_organisation/groups/groups-card'
import { OrganisationNav } from '@/app/_organisation/organisation-nav'
import { FindColleague } from '@/app/_organisation/people/find-colleague'
import { InvitationsCard } from '@/app/_organisation/people/invitations-card'
import { PeopleCard } from '@/app/_organisation/people/people-card'

export const metadata: Metadata = { title: 'People of my organisation' }

export default async function OrganisationPeoplePage() {
  const { value, problem } = await load('/organisation/people', async (api) => {
    const me = await api.me.get()
    return {
      me,
      people: me.isAdministrator ? await api.people.list() : null,
      invitations: me.isAdministrator ? await api.invitations.list({ workspaceId: null }) : null,
      groups: await api.groups.list(),
    }
  })
  return (
    <AppShell path="/organisation/people">
      <OrganisationNav current="people" />
      <div className="container-page flex flex-col gap-8 pb-16">
        <PageHeader
          title="People and groups"
          meta={value ? <AgencyTag agency={value.me.org} withName /> : null}
        />
        {problem ? <ProblemView problem={problem} /> : null}
        {value?.people ? <PeopleCard initial={value.people} me={value.me} /> : null}
        {value?.invitations ? <InvitationsCard initial={value.invitations} /> : null}
        {value && !value.people ? <FindColleague organisation={value.me.org.name} /> : null}
        {value ? <GroupsCard initial={value.groups} organisation={value.me.org.name} /> : null}
      </div>
    </AppShell>
  )
}
