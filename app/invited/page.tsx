import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { EntryFrame } from '@/app/_session/entry-frame'
import { InvitedForm } from '@/app/invited/invited-form'

export const metadata: Metadata = { title: 'Invitation' }

export default async function InvitedPage() {
  // Rendered for each request: the policy against foreign scripts needs a fresh nonce in the page.
  await headers()
  return (
    <EntryFrame title="You are invited">
      <InvitedForm />
    </EntryFrame>
  )
}
