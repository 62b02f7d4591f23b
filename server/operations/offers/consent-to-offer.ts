import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import { type Id, isId } from '@/lib/ids'
import { offerConsents, participationOffers } from '@/server/db/schema/partnership'
import { assertState, lockOffer } from '@/server/operations/offers/offer-rows'
import { tellOfferer } from '@/server/operations/offers/send-offer'
import { settleConsents } from '@/server/operations/offers/settle-consents'
import type { Operation } from '@/server/operations/run-operation'

/**
 * Asks: to lead one's own organisation's people here. Where the terms ask for it, an invitation goes out when every
 * participating organisation has consented; one refusal ends it.
 */
export const consentToOffer: Operation<{ offerId: Id; give: boolean; reason: string }, void> = {
  event: 'offer.consented',
  async run(context, { offerId, give, reason }) {
    const { tx, actor, at } = context
    const [found] = isId(offerId)
      ? await tx.orm
          .select({ workspaceId: participationOffers.workspaceId })
          .from(participationOffers)
          .where(eq(participationOffers.id, offerId))
      : []
    const workspaceId = found?.workspaceId ?? offerId
    await context.authorize({ workspaceId }, { ask: 'members', orgId: actor.orgId })
    const { offer, workspace } = await lockOffer(context, offerId)
    assertState(offer, at, 'consent')
    if (actor.orgId === workspace.hostOrgId)
      throw new DomainError('invalid', 'Your organisation makes this offer: its consent is given with it.')
    const consents = await tx.orm.select().from(offerConsents).where(eq(offerConsents.offerId, offerId))
    if (consents.some(({ orgId }) => orgId === actor.orgId))
      throw new DomainError('conflict', `${actor.orgName} has answered already.`)
    await tx.orm
      .insert(offerConsents)
      .values({ offerId, orgId: actor.orgId, personId: actor.personId, given: give, reason, at })
    context.record({
      object: { workspaceId, targetId: offerId },
      details: { given: give },
      ...(reason === '' ? {} : { clear: { reason } }),
    })
    if (give) return settleConsents(context, workspace)
    await tx.orm
      .update(participationOffers)
      .set({ state: 'declined', answeredBy: actor.personId, answeredAt: at })
      .where(eq(participationOffers.id, offerId))
    await tellOfferer(context, offer, 'refused')
  },
}
