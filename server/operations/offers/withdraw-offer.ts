import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { participationOffers } from '@/server/db/schema/partnership'
import { assertState, lockOfferOfHost } from '@/server/operations/offers/offer-rows'
import type { Operation } from '@/server/operations/run-operation'

/** Asks: to lead the host's people. The link in the mail is dead from then on. */
export const withdrawOffer: Operation<{ offerId: Id }, void> = {
  event: 'offer.withdrawn',
  async run(context, { offerId }) {
    const { tx, actor, at } = context
    const { offer } = await lockOfferOfHost(context, offerId)
    assertState(offer, at, 'consent', 'open', 'countered')
    await tx.orm
      .update(participationOffers)
      .set({ state: 'withdrawn', tokenHash: null, answeredBy: actor.personId, answeredAt: at })
      .where(eq(participationOffers.id, offer.id))
    context.record({ object: { workspaceId: offer.workspaceId, targetId: offer.id } })
  },
}
