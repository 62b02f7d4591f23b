import { type Id, newId } from '@/lib/ids'
import { mailOutbox } from '@/server/db/schema/told'
import type { OfferRow } from '@/server/operations/offers/offer-rows'
import type { OperationContext } from '@/server/operations/run-operation'
import { notify } from '@/server/told/notify'
import { administratorsToTell, membersToTell } from '@/server/told/people-to-tell'

/** Tells the other side. The mail goes out alike to an address that is known here and to one that is not. */
export const sendOffer = async (context: OperationContext, offer: OfferRow): Promise<void> => {
  const { tx, at } = context
  if (offer.orgId !== null) {
    const leads =
      offer.kind === 'change'
        ? await membersToTell(tx, {
            workspaceId: offer.workspaceId,
            orgId: offer.orgId,
            roles: ['lead'],
            at,
          })
        : []
    await notify(tx, [...leads, ...(await administratorsToTell(tx, offer.orgId))], {
      kind: 'offer.received',
      workspaceId: offer.workspaceId,
      targetId: offer.id,
      byPersonId: offer.offeredBy,
    })
  }
  if (offer.email === null) return
  await tx.orm.insert(mailOutbox).values({
    id: newId(),
    kind: 'participation_offer',
    refId: offer.id,
    orgId: offer.offeredByOrg,
    at,
    nextAt: at,
  })
}

export const askForConsent = async (
  { tx, actor, at }: OperationContext,
  offer: OfferRow,
  orgIds: readonly Id[],
): Promise<void> => {
  for (const orgId of orgIds) {
    const leads = await membersToTell(tx, { workspaceId: offer.workspaceId, orgId, roles: ['lead'], at })
    await notify(tx, leads, {
      kind: 'offer.consent_asked',
      workspaceId: offer.workspaceId,
      targetId: offer.id,
      byPersonId: actor.personId,
    })
  }
}

/** The side that made the offer hears what has become of it. */
export const tellOfferer = async (
  { tx, actor, at }: OperationContext,
  offer: OfferRow,
  state: string,
): Promise<void> => {
  const leads = await membersToTell(tx, {
    workspaceId: offer.workspaceId,
    orgId: offer.offeredByOrg,
    roles: ['lead'],
    at,
  })
  await notify(tx, leads, {
    kind: 'offer.answered',
    workspaceId: offer.workspaceId,
    targetId: offer.id,
    byPersonId: actor.personId,
    details: { state },
  })
}
