import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { EntryFrame } from '@/app/_session/entry-frame'
import { OfferLinkForm } from '@/app/offer-link/offer-link-form'

export const metadata: Metadata = { title: 'Invitation' }

export default async function OfferLinkPage() {
  // Rendered for each request: the policy against foreign scripts needs a fresh nonce in the page.
  await headers()
  return (
    <EntryFrame title="Your agency is invited">
      <OfferLinkForm />
    </EntryFrame>
  )
}
