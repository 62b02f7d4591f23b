import { and, inArray, lte } from 'drizzle-orm'
import { participationOffers } from '@/server/db/schema/partnership'
import { notify } from '@/server/told/notify'
import type { Chore } from '@/server/upkeep/chore'

/** Offers that nobody has answered in time. Their links are dead from then on. */
export const lapseOffers: Chore = {
  name: 'lapse offers',
  async run(services, tx, at) {
    const lapsed = await tx.orm
      .update(participationOffers)
      .set({ state: 'lapsed', tokenHash: null, answeredAt: at })
      .where(
        and(
          inArray(participationOffers.state, ['consent', 'open', 'countered']),
          lte(participationOffers.expiresAt, at),
        ),
      )
      .returning()
    for (const { id, workspaceId, offeredBy } of lapsed) {
      const object = { workspaceId, targetId: id }
      services.recorder.append(tx, {
        type: 'offer.lapsed',
        outcome: 'allowed',
        actor: { personId: null, orgId: null, sessionId: null },
        object,
      })
      await notify(tx, [offeredBy], { kind: 'offer.answered', ...object, details: { state: 'lapsed' } })
    }
    return false
  },
}
