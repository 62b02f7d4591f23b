'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { useOfferDone } from '@/app/offers/_offer/use-offer-act'
import type { OfferView } from '@/lib/views/partnership'

/** What the side that made the offer can do: agree to less, keep the first offer, take it back. */
export function SettleOffer({ offer, whom }: { offer: OfferView; whom: string }) {
  const [withdrawing, setWithdrawing] = useState(false)
  const api = useApi()
  const done = useOfferDone()
  const settle = useMutation(
    api.offers.settleCounter.mutationOptions({
      onSuccess: (_, { agree }) =>
        done(agree ? `${whom} takes part now.` : 'The first offer stands. The other side is told.'),
    }),
  )
  const withdraw = useMutation(
    api.offers.withdraw.mutationOptions({
      onSuccess: () => {
        setWithdrawing(false)
        return done('The offer is taken back.')
      },
    }),
  )
  const { can } = offer
  if (!can.settleCounter && !can.withdraw) return null
  return (
    <div className="flex flex-col gap-3">
      {settle.error ? <ProblemView problem={problemOf(settle.error)} /> : null}
      <div className="flex flex-wrap gap-2">
        {can.settleCounter ? (
          <>
            <Button
              variant="primary"
              busy={settle.isPending}
              onClick={() => settle.mutate({ offerId: offer.id, agree: true })}
            >
              Agree to less
            </Button>
            <Button
              busy={settle.isPending}
              onClick={() => settle.mutate({ offerId: offer.id, agree: false })}
            >
              Keep the first offer
            </Button>
          </>
        ) : null}
        {can.withdraw ? <Button onClick={() => setWithdrawing(true)}>Take the offer back …</Button> : null}
      </div>
      <ConfirmDialog
        open={withdrawing}
        onOpenChange={setWithdrawing}
        title="Take this offer back?"
        confirmLabel="Take back"
        danger
        busy={withdraw.isPending}
        problem={withdraw.error ? <ProblemView problem={problemOf(withdraw.error)} /> : null}
        onConfirm={() => withdraw.mutate({ offerId: offer.id })}
      >
        <p>The link in the mail opens nothing any more. You can make another offer at any time.</p>
      </ConfirmDialog>
    </div>
  )
}
