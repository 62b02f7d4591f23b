import { and, eq } from 'drizzle-orm'
import type { EventDraft } from '@/lib/audit/event'
import { participationOffers } from '@/server/db/schema/partnership'
import type { Source } from '@/server/identity/actor'
import { linkGone } from '@/server/identity/one-time-links'
import { hashOfToken } from '@/server/identity/session-token'
import { requireGoodPassword } from '@/server/identity/sign-in/password-strength'
import { passwordWork } from '@/server/identity/sign-in/password-work'
import { enterByLink } from '@/server/operations/entry/enter-by-link'
import { insertOrganisation, type OrganisationInput } from '@/server/operations/identity/new-organisation'
import { insertPerson, requireName } from '@/server/operations/identity/new-person'
import { findOfferByLink } from '@/server/operations/offers/offer-link'
import type { Services } from '@/server/services'

export interface SetUpByOfferInput extends OrganisationInput {
  token: string
  personName: string
  password: string
}

/**
 * The holder of an offer's link, whose address has no account yet, sets up their organisation and becomes its administrator.
 * The address is the one that was invited, whatever anybody types. Uses the link up and signs nobody in.
 */
export const setUpByOffer = (services: Services, source: Source, input: SetUpByOfferInput): Promise<void> =>
  enterByLink(services, source, input.token, async () => {
    const { db, now, recorder } = services
    const email = (await findOfferByLink(db, input.token, now()))?.offer.email
    if (email == null) throw linkGone()
    const name = requireName(input.personName, 'Your name')
    await requireGoodPassword(input.password, [name, email, input.name, input.shortCode])
    const passwordHash = await passwordWork(services).hash(input.password, source.address)
    await db.transaction(async (tx) => {
      const found = await findOfferByLink(tx, input.token, now())
      if (found === null) throw linkGone()
      const org = await insertOrganisation(tx, input, now())
      const standing = { isAdministrator: true, isOperator: false }
      const personId = await insertPerson(
        tx,
        { orgId: org.id, name, email, ...standing, passwordHash },
        now(),
      )
      const [used] = await tx.orm
        .update(participationOffers)
        .set({ tokenHash: null, orgId: org.id })
        .where(
          and(
            eq(participationOffers.id, found.offer.id),
            eq(participationOffers.tokenHash, hashOfToken(input.token)),
          ),
        )
        .returning({ id: participationOffers.id })
      if (used === undefined) throw linkGone()
      const common: Pick<EventDraft, 'outcome' | 'actor' | 'correlation'> = {
        outcome: 'allowed',
        actor: { personId, orgId: org.id, sessionId: null },
        correlation: source.requestId,
      }
      const after = { name: org.name, shortCode: org.shortCode, offerId: used.id }
      const clear = { name, email, address: source.address, userAgent: source.userAgent }
      recorder.append(tx, {
        ...common,
        type: 'organisation.created',
        object: { targetId: org.id },
        after,
        clear,
      })
      recorder.append(tx, { ...common, type: 'person.password_set', object: { targetId: personId } })
    })
  })
