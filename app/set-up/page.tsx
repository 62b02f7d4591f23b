import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { EntryFrame } from '@/app/_session/entry-frame'
import { SetUpForm } from '@/app/set-up/set-up-form'

export const metadata: Metadata = { title: 'Set up this instance' }

export default async function SetUpPage() {
  // Rendered for each request: the policy against foreign scripts needs a fresh nonce in the page.
  await headers()
  return (
    <EntryFrame title="Set up this instance">
      <SetUpForm />
    </EntryFrame>
  )
}
