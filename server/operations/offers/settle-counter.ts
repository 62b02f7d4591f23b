import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { participationOffers } from '@/server/db/schema/partnership'
import { putInForce } from '@/server/operations/offers/begin-participation'
import { assertState, lockOfferOfHost } from '@/server/operations/offers/offer-rows'
import { sendOffer } from '@/server/operations/offers/send-offer'
import type { Operation } from '@/server/operations/run-operation'
import { currentTerms } from '@/server/operations/terms/terms-rows'

/**
 * Asks: to lead the host's people. Agrees to the lower ceiling that the other side has proposed and signed, which puts it in
 * force; or keeps the first offer open.
 */
export const settleCounter: Operation<{ offerId: Id; agree: boolean }, void> = {
  event: 'offer.settled',
  async run(context, { offerId, agree }) {
    const { tx, at } = context
    const { offer } = await lockOfferOfHost(context, offerId)
    assertState(offer, at, 'countered')
    const { counterCeiling, counterVersion, answeredBy } = offer
    if (counterCeiling === null || answeredBy === null) throw new Error('a counter without a ceiling')
    const object = { workspaceId: offer.workspaceId, targetId: offer.id }
    context.record({ object, details: { agree, ceiling: counterCeiling } })
    const set = (state: 'accepted' | 'open') =>
      tx.orm.update(participationOffers).set({ state }).where(eq(participationOffers.id, offer.id))
    if (!agree) {
      await set('open')
      await sendOffer(context, { ...offer, email: null })
      return
    }
    const terms = await currentTerms(context, offer.workspaceId)
    if ((terms?.version ?? 0) !== counterVersion)
      throw new DomainError(
        'conflict',
        'The terms have changed since the other side signed. Keep the offer open: they can sign the new ones with it.',
      )
    await set('accepted')
    await putInForce(context, offer, { ceiling: counterCeiling, terms, signer: answeredBy })
    await sendOffer(context, { ...offer, email: null })
  },
}
