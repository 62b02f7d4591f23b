import type { Metadata } from 'next'
import { AppShell } from '@/app/_components/shell/app-shell'
import { InboxScreen } from '@/app/_inbox/inbox-screen'

export const metadata: Metadata = { title: 'Inbox' }

export default function InboxPage() {
  return (
    <AppShell path="/inbox">
      <InboxScreen />
    </AppShell>
  )
}
