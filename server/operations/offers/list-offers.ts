import { desc, eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { OfferView } from '@/lib/views/partnership'
import { participationOffers } from '@/server/db/schema/partnership'
import { workspaces } from '@/server/db/schema/workspace'
import { offerSide } from '@/server/operations/offers/offer-side'
import { offerView } from '@/server/operations/offers/offer-view'
import type { Operation } from '@/server/operations/run-operation'

const MOST = 50

/** Asks: to enter. The offers of a workspace that the actor may see, the newest first. */
export const listOffers: Operation<{ workspaceId: Id }, OfferView[]> = {
  event: 'offer.listed',
  async run(context, { workspaceId }) {
    const { tx } = context
    await context.authorize({ workspaceId }, { ask: 'enter' })
    const [workspace] = await tx.orm.select().from(workspaces).where(eq(workspaces.id, workspaceId))
    if (workspace === undefined) throw new Error(`workspace ${workspaceId} is gone`)
    const rows = await tx.orm
      .select()
      .from(participationOffers)
      .where(eq(participationOffers.workspaceId, workspaceId))
      .orderBy(desc(participationOffers.createdAt), desc(participationOffers.id))
      .limit(MOST)
    const shown: OfferView[] = []
    for (const offer of rows) {
      const side = await offerSide(context, offer, workspace.hostOrgId)
      if (side !== null) shown.push(await offerView(context, offer, workspace, side))
    }
    context.recordView(
      { object: { workspaceId }, volume: { offers: shown.length } },
      shown.map(({ id, state }) => [id, state]),
    )
    return shown
  },
}
