import { and, eq, gt, inArray } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { Reader, Tx } from '@/server/db/client'
import { participationOffers } from '@/server/db/schema/partnership'
import { workspaces } from '@/server/db/schema/workspace'
import { hashOfToken, looksLikeToken, newToken } from '@/server/identity/session-token'

const HOURS = 72

/**
 * Makes a link to an offer that waits, and closes the earlier one: 256 random bits, of which only the hash is kept, good for 72
 * hours. In the fragment: browsers send it to nobody, so no log and no Referer can hold it.
 * @returns path and fragment, the token is nowhere else; null for an offer that waits for nobody
 */
export const makeOfferLink = async (tx: Tx, offerId: Id, now: Date): Promise<string | null> => {
  const token = newToken()
  const rows = await tx.orm
    .update(participationOffers)
    .set({ tokenHash: hashOfToken(token), tokenExpiresAt: new Date(now.getTime() + HOURS * 3_600_000) })
    .where(
      and(
        eq(participationOffers.id, offerId),
        inArray(participationOffers.state, ['open', 'countered']),
        gt(participationOffers.expiresAt, now),
      ),
    )
    .returning({ id: participationOffers.id })
  return rows.length === 0 ? null : `/offer-link#${token}`
}

/** The offer behind a link with its workspace's title; null if the link is unknown, used or has run out. */
export const findOfferByLink = async (reader: Reader, token: string, now: Date) => {
  if (!looksLikeToken(token)) return null
  const [row] = await reader.orm
    .select({ offer: participationOffers, workspaceTitle: workspaces.title })
    .from(participationOffers)
    .innerJoin(workspaces, eq(workspaces.id, participationOffers.workspaceId))
    .where(
      and(
        eq(participationOffers.tokenHash, hashOfToken(token)),
        gt(participationOffers.tokenExpiresAt, now),
        gt(participationOffers.expiresAt, now),
        inArray(participationOffers.state, ['open', 'countered']),
      ),
    )
  return row ?? null
}
