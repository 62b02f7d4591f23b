import { and, count, eq, inArray } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import type { Level } from '@/lib/policy/vocabulary'
import { participationOffers } from '@/server/db/schema/partnership'
import { requireEmail } from '@/server/operations/identity/new-person'
import { endOf } from '@/server/operations/members/members-lock'
import { OFFER_DAYS, organisationOfAddress } from '@/server/operations/offers/offer-rows'
import { askForConsent, sendOffer } from '@/server/operations/offers/send-offer'
import { consentsNeeded } from '@/server/operations/offers/settle-consents'
import type { Operation } from '@/server/operations/run-operation'
import { authorizeHost } from '@/server/operations/workspaces/authorize-host'

interface Input {
  workspaceId: Id
  email: string
  ceiling: Level
  mayExport: boolean
  until: string | null
  message: string
}

/** More that wait at once are mistakes or a flood. */
const MOST_OPEN = 20

/**
 * Asks: to lead the host's people. Offers a part to the organisation of an administrator's address. Whether the address is known
 * here is not told: the answer and what follows are the same. Where the terms ask for it, the others consent first.
 */
export const inviteOrganisation: Operation<Input, { offerId: Id; state: 'open' | 'consent' }> = {
  event: 'offer.made',
  async run(context, { workspaceId, email: typed, ceiling, mayExport, until, message }) {
    const { tx, actor, at } = context
    const workspace = await authorizeHost(context, workspaceId)
    const email = requireEmail(typed)
    const validUntil = endOf(until, at)
    const waiting = and(
      eq(participationOffers.workspaceId, workspaceId),
      inArray(participationOffers.state, ['consent', 'open', 'countered']),
    )
    const [same] = await tx.orm
      .select({ id: participationOffers.id })
      .from(participationOffers)
      .where(and(waiting, eq(participationOffers.email, email)))
    if (same !== undefined)
      throw new DomainError(
        'conflict',
        `${email} has an invitation that is not answered yet. Take it back first.`,
      )
    const [open] = await tx.orm.select({ n: count() }).from(participationOffers).where(waiting)
    if ((open?.n ?? 0) >= MOST_OPEN)
      throw new DomainError(
        'too_many',
        `At most ${MOST_OPEN} invitations wait at once. Take some back first.`,
      )
    const needed = await consentsNeeded(context, workspace)
    const asks = needed.length > 0
    const offerId = newId()
    const offer = {
      id: offerId,
      kind: 'invite' as const,
      workspaceId,
      orgId: await organisationOfAddress(context, email),
      email,
      ceiling,
      mayExport,
      validUntil,
      message,
      state: asks ? ('consent' as const) : ('open' as const),
      offeredBy: actor.personId,
      offeredByOrg: actor.orgId,
      createdAt: at,
      expiresAt: new Date(at.getTime() + OFFER_DAYS * 86_400_000),
    }
    const [row] = await tx.orm.insert(participationOffers).values(offer).returning()
    if (row === undefined) throw new Error('an offer was not stored')
    context.record({
      object: { workspaceId, targetId: offerId },
      after: { ceiling, mayExport, until },
      details: { state: offer.state },
      clear: { email, message },
    })
    if (asks) await askForConsent(context, row, needed)
    else await sendOffer(context, row)
    return { offerId, state: offer.state }
  },
}
