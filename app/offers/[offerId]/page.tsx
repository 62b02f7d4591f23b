import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { AppShell } from '@/app/_components/shell/app-shell'
import { load } from '@/app/_data/server-api'
import { loadShell } from '@/app/_data/shell-data'
import { OfferScreen } from '@/app/offers/_offer/offer-screen'
import { isId } from '@/lib/ids'

export const metadata: Metadata = { title: 'Offer' }

export default async function OfferPage({ params }: { params: Promise<{ offerId: string }> }) {
  const { offerId } = await params
  if (!isId(offerId)) notFound()
  const path = `/offers/${offerId}`
  const { value, problem } = await load(path, (api) => api.offers.get({ offerId }))
  const shell = await loadShell(path)
  return (
    <AppShell path={path}>
      {value && shell.value ? <OfferScreen initial={value} me={shell.value.me} /> : null}
      {problem ? (
        <div className="container-page py-8">
          <h1 className="mb-4 font-semibold text-2xl">Offer</h1>
          <ProblemView problem={problem} />
        </div>
      ) : null}
    </AppShell>
  )
}
