import { and, eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import { participationOffers } from '@/server/db/schema/partnership'
import { OFFER_DAYS } from '@/server/operations/offers/offer-rows'
import { sendOffer } from '@/server/operations/offers/send-offer'
import type { OperationContext } from '@/server/operations/run-operation'
import type { ParticipationRow } from '@/server/operations/terms/terms-rows'

export type Limits = Pick<ParticipationRow, 'ceiling' | 'mayExport' | 'validUntil'>

/** Offers an organisation a wider part. Nothing has changed before it accepts. @throws `conflict` while another one waits */
export const offerChange = async (
  context: OperationContext,
  { workspaceId, orgId }: { workspaceId: Id; orgId: Id },
  wanted: Limits,
  message: string,
): Promise<Id> => {
  const { tx, actor, at } = context
  const [pending] = await tx.orm
    .select({ id: participationOffers.id })
    .from(participationOffers)
    .where(
      and(
        eq(participationOffers.workspaceId, workspaceId),
        eq(participationOffers.orgId, orgId),
        eq(participationOffers.kind, 'change'),
        eq(participationOffers.state, 'open'),
      ),
    )
  if (pending !== undefined)
    throw new DomainError(
      'conflict',
      'A change of this participation waits for its answer already. Take it back first to offer another.',
    )
  const [offer] = await tx.orm
    .insert(participationOffers)
    .values({
      id: newId(),
      kind: 'change',
      workspaceId,
      orgId,
      ...wanted,
      message,
      state: 'open',
      offeredBy: actor.personId,
      offeredByOrg: actor.orgId,
      createdAt: at,
      expiresAt: new Date(at.getTime() + OFFER_DAYS * 86_400_000),
    })
    .returning()
  if (offer === undefined) throw new Error('an offer was not stored')
  const { ceiling, mayExport, validUntil } = wanted
  context.record({
    type: 'offer.made',
    object: { workspaceId, targetId: offer.id },
    after: { orgId, ceiling, mayExport, until: validUntil?.toISOString() ?? null },
    clear: { message },
  })
  await sendOffer(context, offer)
  return offer.id
}
