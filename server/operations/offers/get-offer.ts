import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { OfferView } from '@/lib/views/partnership'
import { lockOffer } from '@/server/operations/offers/offer-rows'
import { offerSide } from '@/server/operations/offers/offer-side'
import { offerView } from '@/server/operations/offers/offer-view'
import type { Operation } from '@/server/operations/run-operation'

/** One offer, for those who made it, those who answer it, and those whose consent it needs. */
export const getOffer: Operation<{ offerId: Id }, OfferView> = {
  event: 'offer.viewed',
  own: true,
  async run(context, { offerId }) {
    const { offer, workspace } = await lockOffer(context, offerId)
    const side = await offerSide(context, offer, workspace.hostOrgId)
    if (side === null) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
    context.recordView({ object: { workspaceId: offer.workspaceId, targetId: offerId } }, offer.state)
    return offerView(context, offer, workspace, side)
  },
}
