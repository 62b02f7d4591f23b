import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { OfferView } from '@/lib/views/partnership'
import { offerConsents } from '@/server/db/schema/partnership'
import type { workspaces } from '@/server/db/schema/workspace'
import type { OfferRow } from '@/server/operations/offers/offer-rows'
import type { OperationContext } from '@/server/operations/run-operation'
import { mustGet, readAgencies, readParticipants, readPeople } from '@/server/operations/shaping/agencies'
import { currentTerms, participationOf } from '@/server/operations/terms/terms-rows'

/** As which side somebody looks at an offer. */
export interface OfferSide {
  /** Leads the host's people. */
  host: boolean
  /** Answers for the organisation that it is made to. */
  answers: boolean
  /** Leads the people of another organisation that takes part. */
  consents: boolean
}

export const offerView = async (
  context: OperationContext,
  offer: OfferRow,
  workspace: typeof workspaces.$inferSelect,
  side: OfferSide,
): Promise<OfferView> => {
  const { tx, at, actor } = context
  const participants = await readParticipants(tx, workspace.id, workspace.hostOrgId, at)
  const consents = await tx.orm.select().from(offerConsents).where(eq(offerConsents.offerId, offer.id))
  // Whose address it is shows only when they have answered: until then nobody can try addresses out.
  const isKnown = side.answers || offer.kind === 'change' || ['accepted', 'countered'].includes(offer.state)
  const orgId = isKnown ? offer.orgId : null
  const agencies = await readAgencies(tx, [workspace.hostOrgId, ...(orgId === null ? [] : [orgId])])
  const people = await readPeople(tx, [
    offer.offeredBy,
    ...(offer.answeredBy === null ? [] : [offer.answeredBy]),
  ])
  const terms = await currentTerms(context, workspace.id)
  const now =
    offer.kind === 'change' && offer.orgId !== null
      ? await participationOf(context, workspace.id, offer.orgId)
      : null
  const isOpen = offer.expiresAt > at
  // Nobody can consent to an invitation of they do not know whom.
  const isAsked = offer.state === 'consent' || consents.length > 0
  const consentOf = (id: Id) => consents.find((consent) => consent.orgId === id) ?? null
  return {
    id: offer.id,
    kind: offer.kind,
    state: offer.state,
    workspace: {
      id: workspace.id,
      title: workspace.title,
      host: mustGet(agencies, workspace.hostOrgId),
      agencies: participants.map(({ agency }) => agency),
    },
    agency: orgId === null ? null : mustGet(agencies, orgId),
    email: side.host || side.answers || (side.consents && isAsked) ? offer.email : null,
    ceiling: offer.ceiling,
    mayExport: offer.mayExport,
    until: offer.validUntil?.toISOString() ?? null,
    now: now && {
      ceiling: now.ceiling,
      mayExport: now.mayExport,
      until: now.validUntil?.toISOString() ?? null,
    },
    message: offer.message,
    offeredBy: mustGet(people, offer.offeredBy),
    createdAt: offer.createdAt.toISOString(),
    expiresAt: offer.expiresAt.toISOString(),
    counterCeiling: offer.counterCeiling,
    terms: terms && {
      version: terms.version,
      hash: terms.hash,
      text: terms.text,
      consentToInvite: terms.consentToInvite,
      onLeaving: terms.onLeaving,
    },
    consents: isAsked
      ? participants
          .filter(({ agency }) => agency.id !== workspace.hostOrgId)
          .map(({ agency }) => ({
            agency,
            given: consentOf(agency.id)?.given ?? null,
            reason: consentOf(agency.id)?.reason ?? null,
          }))
      : [],
    answered:
      offer.answeredAt === null
        ? null
        : {
            by: offer.answeredBy === null || !isKnown ? null : mustGet(people, offer.answeredBy),
            at: offer.answeredAt.toISOString(),
            reason: offer.answer,
          },
    can: {
      answer: isOpen && side.answers && offer.state === 'open',
      consent: isOpen && side.consents && offer.state === 'consent' && consentOf(actor.orgId) === null,
      settleCounter: isOpen && side.host && offer.state === 'countered',
      withdraw: isOpen && side.host && ['consent', 'open', 'countered'].includes(offer.state),
    },
  }
}
