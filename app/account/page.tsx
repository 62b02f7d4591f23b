import type { Metadata } from 'next'
import Link from 'next/link'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { PageHeader } from '@/app/_components/layout/page-header'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { AppShell } from '@/app/_components/shell/app-shell'
import { load } from '@/app/_data/server-api'
import { MailChoicesCard } from '@/app/_inbox/mail-choices-card'
import { SignOutButton } from '@/app/_session/sign-out-button'
import { OrganisationsCard } from '@/app/account/organisations-card'
import { SessionsCard } from '@/app/account/sessions-card'

export const metadata: Metadata = { title: 'Account' }

export default async function AccountPage() {
  const { value, problem } = await load('/account', async (api) => {
    const me = await api.me.get()
    return {
      me,
      sessions: await api.me.sessions(),
      mailChoices: await api.inbox.mailChoices(),
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
        {value ? <MailChoicesCard initial={value.mailChoices} /> : null}
        {value ? (
          <p>
            <Link href="/organisation" prefetch={false} className="text-primary hover:underline">
              {value.me.isAdministrator ? 'Manage my organisation' : 'My organisation'}
            </Link>
          </p>
        ) : null}
        {value && (value.me.isAdministrator || value.me.isOperator) ? (
          <p>
            <Link href="/mail" prefetch={false} className="text-primary hover:underline">
              Mail that has not left
            </Link>
          </p>
        ) : null}
        {value?.organisations ? <OrganisationsCard initial={value.organisations} /> : null}
      </div>
    </AppShell>
  )
}
