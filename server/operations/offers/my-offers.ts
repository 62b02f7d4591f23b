import { and, desc, eq, gt, inArray, isNull, ne, notExists, or, sql } from 'drizzle-orm'
import type { OfferView } from '@/lib/views/partnership'
import { people } from '@/server/db/schema/identity'
import { offerConsents, participationOffers } from '@/server/db/schema/partnership'
import { participations, workspaces } from '@/server/db/schema/workspace'
import { answersFor } from '@/server/operations/offers/offer-rows'
import { offerSide } from '@/server/operations/offers/offer-side'
import { offerView } from '@/server/operations/offers/offer-view'
import type { Operation, OperationContext } from '@/server/operations/run-operation'

const MOST = 50

/** Offers to the actor's own organisation, and invitations of others, that wait for an answer that the actor may give. */
export const myOffers: Operation<void, OfferView[]> = {
  event: 'offer.listed',
  own: true,
  async run(context) {
    const { tx, actor, at } = context
    const addresses = tx.orm.select({ email: people.email }).from(people).where(eq(people.orgId, actor.orgId))
    const rows = await tx.orm
      .select({ offer: participationOffers, workspace: workspaces })
      .from(participationOffers)
      .innerJoin(workspaces, eq(workspaces.id, participationOffers.workspaceId))
      .where(
        and(
          or(
            eq(participationOffers.orgId, actor.orgId),
            and(isNull(participationOffers.orgId), inArray(participationOffers.email, addresses)),
          ),
          inArray(participationOffers.state, ['open', 'countered']),
          gt(participationOffers.expiresAt, at),
        ),
      )
      .orderBy(desc(participationOffers.createdAt))
      .limit(MOST)
    const shown: OfferView[] = []
    for (const { offer, workspace } of rows) {
      if (!(await answersFor(context, offer))) continue
      shown.push(await offerView(context, offer, workspace, { host: false, answers: true, consents: false }))
    }
    for (const { offer, workspace } of await awaitingConsent(context)) {
      const side = await offerSide(context, offer, workspace.hostOrgId)
      if (side?.consents) shown.push(await offerView(context, offer, workspace, side))
    }
    context.recordView(
      { object: {}, volume: { offers: shown.length } },
      shown.map(({ id, state }) => [id, state]),
    )
    return shown
  },
}

/** Invitations to workspaces that the actor's organisation takes part in, which it has not consented to yet. */
const awaitingConsent = ({ tx, actor, at }: OperationContext) => {
  const answer = tx.orm
    .select({ given: sql`1` })
    .from(offerConsents)
    .where(and(eq(offerConsents.offerId, participationOffers.id), eq(offerConsents.orgId, actor.orgId)))
  const takesPart = tx.orm
    .select({ id: participations.workspaceId })
    .from(participations)
    .where(eq(participations.orgId, actor.orgId))
  return tx.orm
    .select({ offer: participationOffers, workspace: workspaces })
    .from(participationOffers)
    .innerJoin(workspaces, eq(workspaces.id, participationOffers.workspaceId))
    .where(
      and(
        eq(participationOffers.state, 'consent'),
        gt(participationOffers.expiresAt, at),
        ne(workspaces.hostOrgId, actor.orgId),
        inArray(workspaces.id, takesPart),
        notExists(answer),
      ),
    )
    .orderBy(desc(participationOffers.createdAt))
    .limit(MOST)
}
