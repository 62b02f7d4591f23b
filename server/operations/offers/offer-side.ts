import type { Id } from '@/lib/ids'
import { answersFor, type OfferRow } from '@/server/operations/offers/offer-rows'
import type { OfferSide } from '@/server/operations/offers/offer-view'
import type { OperationContext } from '@/server/operations/run-operation'
import { authorize, Refusal } from '@/server/policy/authorize'

/** As which side the actor may look at an offer; null if as none. */
export const offerSide = async (
  context: OperationContext,
  offer: OfferRow,
  hostOrgId: Id,
): Promise<OfferSide | null> => {
  const { actor } = context
  const leads = await mayLead(context, offer.workspaceId)
  const answers = offer.state !== 'consent' && (await answersFor(context, offer))
  const host = leads && actor.orgId === hostOrgId
  const consents = leads && !host && offer.kind === 'invite'
  return host || answers || consents ? { host, answers, consents } : null
}

const mayLead = async ({ tx, actor, at }: OperationContext, workspaceId: Id): Promise<boolean> => {
  try {
    await authorize(tx, actor, { workspaceId }, { ask: 'members', orgId: actor.orgId }, at.getTime())
    return true
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'signed_out') return false
    throw error
  }
}
