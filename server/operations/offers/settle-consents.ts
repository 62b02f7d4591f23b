import { and, eq, inArray } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { offerConsents, participationOffers, termsVersions } from '@/server/db/schema/partnership'
import type { workspaces } from '@/server/db/schema/workspace'
import { sendOffer } from '@/server/operations/offers/send-offer'
import type { OperationContext } from '@/server/operations/run-operation'
import { readParticipants } from '@/server/operations/shaping/agencies'

type Workspace = typeof workspaces.$inferSelect

/**
 * Whose consent an invitation needs: every organisation's but the host's, if the terms in force say so or those that any of
 * them has signed. So a host cannot rid itself of the duty by publishing other terms, nor by suspending somebody.
 */
export const consentsNeeded = async (
  { tx, at }: Pick<OperationContext, 'tx' | 'at'>,
  workspace: Workspace,
): Promise<Id[]> => {
  const others = (await readParticipants(tx, workspace.id, workspace.hostOrgId, at)).filter(
    ({ agency }) => agency.id !== workspace.hostOrgId,
  )
  const signed = others.map(({ participation }) => participation.signedTermsVersion)
  const [asking] = await tx.orm
    .select({ version: termsVersions.version })
    .from(termsVersions)
    .where(
      and(
        eq(termsVersions.workspaceId, workspace.id),
        eq(termsVersions.consentToInvite, true),
        inArray(termsVersions.version, [workspace.termsVersion, ...signed]),
      ),
    )
    .limit(1)
  return asking === undefined ? [] : others.map(({ agency }) => agency.id)
}

/** Sends on what waited for consent and no longer does: after an answer, or when an organisation has gone. */
export const settleConsents = async (context: OperationContext, workspace: Workspace): Promise<void> => {
  const { tx } = context
  const waiting = await tx.orm
    .select()
    .from(participationOffers)
    .where(and(eq(participationOffers.workspaceId, workspace.id), eq(participationOffers.state, 'consent')))
    .for('update')
  if (waiting.length === 0) return
  const needed = await consentsNeeded(context, workspace)
  for (const offer of waiting) {
    const given = await tx.orm
      .select({ orgId: offerConsents.orgId })
      .from(offerConsents)
      .where(and(eq(offerConsents.offerId, offer.id), eq(offerConsents.given, true)))
    if (needed.some((orgId) => !given.some((consent) => consent.orgId === orgId))) continue
    await tx.orm
      .update(participationOffers)
      .set({ state: 'open' })
      .where(eq(participationOffers.id, offer.id))
    context.record({
      type: 'offer.opened',
      object: { workspaceId: workspace.id, targetId: offer.id },
      volume: { consents: given.length },
    })
    await sendOffer(context, offer)
  }
}
