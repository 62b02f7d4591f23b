import type { Metadata } from 'next'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { PageHeader } from '@/app/_components/layout/page-header'
import { AppShell } from '@/app/_components/shell/app-shell'
import { load } from '@/app/_data/server-api'
import { UnsentMail } from '@/app/mail/unsent-mail'

export const metadata: Metadata = { title: 'Mail that has not left' }

export default async function MailPage() {
  const { value, problem } = await load('/mail', (api) => api.mail.unsent())
  return (
    <AppShell path="/mail">
      <div className="container-page flex flex-col gap-6 pb-16">
        <PageHeader title="Mail that has not left" crumbs={[{ label: 'Account', href: '/account' }]} />
        {problem ? <ProblemView problem={problem} /> : null}
        {value ? <UnsentMail initial={value} /> : null}
      </div>
    </AppShell>
  )
}
