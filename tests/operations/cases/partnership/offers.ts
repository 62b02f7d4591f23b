import { answerOffer } from '@/server/operations/offers/answer-offer'
import { consentToOffer } from '@/server/operations/offers/consent-to-offer'
import { getOffer } from '@/server/operations/offers/get-offer'
import { inviteOrganisation } from '@/server/operations/offers/invite-organisation'
import { listOffers } from '@/server/operations/offers/list-offers'
import { myOffers } from '@/server/operations/offers/my-offers'
import { settleCounter } from '@/server/operations/offers/settle-counter'
import { withdrawOffer } from '@/server/operations/offers/withdraw-offer'
import { runOperation } from '@/server/operations/run-operation'
import { type OperationCase, of, stranger } from '@/tests/operations/operation-case'
import { freshPartnership, invited, published } from '@/tests/operations/partnership/fresh-partnership'
import type { Plan } from '@/tests/operations/plan'

const notHere = { who: 'stranger', code: 'missing' } as const
const notHost = { who: 'weatherSteward', code: 'denied', rule: 'R7' } as const

const anOffer = async (plan: Plan) => {
  const { workspaceId } = await freshPartnership(plan, ['weather'])
  const { offerId } = await invited(plan, workspaceId)
  return { offerId }
}
const countered = async (plan: Plan) => {
  const { offerId } = await anOffer(plan)
  const answer = { offerId, answer: 'counter', ceiling: 'read', version: 0, hash: null } as const
  await runOperation(plan.services, plan.people.hospitalLead, answerOffer, answer)
  return { offerId, agree: true }
}
/** Under terms that ask for it, with Weather having signed them. */
const waitingForConsent = async (plan: Plan) => {
  const { workspaceId } = await freshPartnership(plan, ['weather'])
  await published(plan, workspaceId, { consentToInvite: true })
  await plan.services.db.query(
    `insert into participations (id, workspace_id, org_id, ceiling, signed_terms_version, valid_until)
     values (gen_random_uuid(), $1, $2, 'manage', 1, now() + interval '1 day')`,
    [workspaceId, plan.orgs.weather],
  )
  const { offerId } = await invited(plan, workspaceId)
  return { offerId, give: true, reason: '' }
}

export const OFFERS: readonly OperationCase[] = [
  of(
    'offers/invite-organisation',
    inviteOrganisation,
    async (plan) => ({
      ...(await freshPartnership(plan)),
      email: 'somebody@agency.test',
      ceiling: 'edit' as const,
      mayExport: false,
      until: null,
      message: '',
    }),
    'countyLead',
    notHost,
  ),
  of('offers/list-offers', listOffers, ({ workspaceId }) => ({ workspaceId }), 'reviewer', stranger),
  of('offers/my-offers', myOffers, () => undefined, 'guest', null),
  of('offers/get-offer', getOffer, anOffer, 'hospitalLead', notHere),
  of(
    'offers/answer-offer',
    answerOffer,
    async (plan) => ({ ...(await anOffer(plan)), answer: 'accept' as const, version: 0, hash: null }),
    'hospitalLead',
    { who: 'hospitalEditor', code: 'missing' },
  ),
  of('offers/settle-counter', settleCounter, countered, 'countyLead', notHost),
  of('offers/consent-to-offer', consentToOffer, waitingForConsent, 'weatherSteward', {
    who: 'countyReader',
    code: 'denied',
    rule: 'R7',
  }),
  of('offers/withdraw-offer', withdrawOffer, anOffer, 'countyLead', notHost),
]
