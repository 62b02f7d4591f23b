import { eq } from 'drizzle-orm'
import type { OpenOfferLinkView } from '@/lib/views/identity'
import { organisations, people } from '@/server/db/schema/identity'
import type { Source } from '@/server/identity/actor'
import { linkGone } from '@/server/identity/one-time-links'
import { enterByLink } from '@/server/operations/entry/enter-by-link'
import { findOfferByLink } from '@/server/operations/offers/offer-link'
import type { Services } from '@/server/services'

/**
 * What the holder of an offer's link is told: who asks, and whether the address has an account already, which is then the way
 * in. Does not use the link up.
 */
export const openOfferLink = (
  services: Services,
  source: Source,
  { token }: { token: string },
): Promise<OpenOfferLinkView> =>
  enterByLink(services, source, token, async () => {
    const { db, now } = services
    const found = await findOfferByLink(db, token, now())
    if (found === null || found.offer.email === null) throw linkGone()
    const { offer, workspaceTitle } = found
    const [host] = await db.orm
      .select({ name: organisations.name })
      .from(organisations)
      .where(eq(organisations.id, offer.offeredByOrg))
    const [person] = await db.orm
      .select({ id: people.id })
      .from(people)
      .where(eq(people.email, offer.email ?? ''))
    return {
      offerId: offer.id,
      email: offer.email ?? '',
      workspace: workspaceTitle,
      agency: host?.name ?? '',
      hasAccount: person !== undefined,
    }
  })
