'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Card } from '@/app/_components/layout/card'
import { Time } from '@/app/_components/marks/time'
import { useApi } from '@/app/_data/use-api'
import { offerStateWords } from '@/app/offers/_offer/offer-words'
import type { Id } from '@/lib/ids'

const PENDING = ['consent', 'open', 'countered']

/** Offers that wait for somebody, for those whom they concern. Nothing when there is none. */
export function PendingOffers({ workspaceId }: { workspaceId: Id }) {
  const asked = useQuery(useApi().offers.list.queryOptions({ workspaceId }))
  const offers = (asked.data ?? []).filter(({ state }) => PENDING.includes(state))
  if (offers.length === 0) return null
  return (
    <Card aria-labelledby="offers" className="p-4">
      <h2 id="offers" className="font-semibold">
        Offers
      </h2>
      <ul className="mt-3 flex flex-col gap-3">
        {offers.map((offer) => (
          <li key={offer.id}>
            <Link
              href={`/offers/${offer.id}`}
              prefetch={false}
              className="break-words font-medium text-primary underline-offset-2 hover:underline"
            >
              {offer.kind === 'change'
                ? `A change for ${offer.agency?.name ?? 'an agency'}`
                : (offer.agency?.name ?? offer.email ?? 'An invitation')}
            </Link>
            <p className="text-muted-foreground text-sm">{offerStateWords(offer)}</p>
            <p className="text-muted-foreground text-sm">
              until <Time at={offer.expiresAt} as="day" />
            </p>
          </li>
        ))}
      </ul>
    </Card>
  )
}
