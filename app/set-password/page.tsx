import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { EntryFrame } from '@/app/_session/entry-frame'
import { SetPasswordForm } from '@/app/set-password/set-password-form'

export const metadata: Metadata = { title: 'Set your password' }

export default async function SetPasswordPage() {
  // Rendered for each request: the policy against foreign scripts needs a fresh nonce in the page.
  await headers()
  return (
    <EntryFrame title="Set your password">
      <SetPasswordForm />
    </EntryFrame>
  )
}
