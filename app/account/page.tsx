import type { Metadata } from 'next'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { PageHeader } from '@/app/_components/layout/page-header'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { AppShell } from '@/app/_components/shell/app-shell'
import { load } from '@/app/_data/server-api'
import { SignOutButton } from '@/app/_session/sign-out-button'
import { OrganisationsCard } from '@/app/account/organisations-card'
import { PeopleCard } from '@/app/account/people-card'
import { SessionsCard } from '@/app/account/sessions-card'

export const metadata: Metadata = { title: 'Account' }

export default async function AccountPage() {
  const { value, problem } = await load('/account', async (api) => {
    const me = await api.me.get()
    return {
      me,
      sessions: await api.me.sessions(),
      people: me.isAdministrator ? await api.people.list() : null,
      organisations: me.isOperator ? await api.organisations.list() : null,
    }
  })
  return (
    <AppShell path="/account">
      <div className="container-page flex flex-col gap-8 pb-16">
        <PageHeader
          title={value?.me.name ?? 'Account'}
          meta={
            value ? (
              <>
                <span className="text-muted-foreground">{value.me.email}</span>
                <AgencyTag agency={value.me.org} withName />
              </>
            ) : null
          }
          actions={value ? <SignOutButton sessionId={value.me.sessionId} /> : null}
        />
        {problem ? <ProblemView problem={problem} /> : null}
        {value ? <SessionsCard initial={value.sessions} /> : null}
        {value?.people ? <PeopleCard initial={value.people} organisation={value.me.org.name} /> : null}
        {value?.organisations ? <OrganisationsCard initial={value.organisations} /> : null}
      </div>
    </AppShell>
  )
}
