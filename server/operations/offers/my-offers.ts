import { and, desc, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import type { OfferView } from '@/lib/views/partnership'
import { people } from '@/server/db/schema/identity'
import { participationOffers } from '@/server/db/schema/partnership'
import { workspaces } from '@/server/db/schema/workspace'
import { answersFor } from '@/server/operations/offers/offer-rows'
import { offerView } from '@/server/operations/offers/offer-view'
import type { Operation } from '@/server/operations/run-operation'

const MOST = 50

/** Offers to the actor's own organisation that wait for an answer that the actor may give. */
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
    context.recordView(
      { object: {}, volume: { offers: shown.length } },
      shown.map(({ id, state }) => [id, state]),
    )
    return shown
  },
}
