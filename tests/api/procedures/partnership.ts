import { HOST, inWorkspace, MEMBERS, type ProcedureCase, SIGNED_IN } from '@/tests/api/procedures/who'
import { hospitalIn, NARROWER, suspendedByHost } from '@/tests/operations/cases/partnership/participation'
import {
  drafted,
  freshPartnership,
  invited,
  published,
  TERMS,
} from '@/tests/operations/partnership/fresh-partnership'
import type { Plan } from '@/tests/operations/plan'

const fresh = async (plan: Plan) => (await freshPartnership(plan)).workspaceId
const anOffer = async (plan: Plan) => {
  const { workspaceId } = await freshPartnership(plan, ['weather'])
  return { offerId: (await invited(plan, workspaceId)).offerId }
}

/** Hospital is invited to a workspace of County and Weather. */
export const PARTNERSHIP: Record<string, ProcedureCase> = {
  'terms.get': { may: MEMBERS, input: inWorkspace },
  'terms.saveDraft': {
    may: HOST,
    input: async (plan) => ({ workspaceId: await fresh(plan), content: TERMS, basedOn: null }),
  },
  'terms.publish': { may: HOST, input: async (plan) => drafted(plan, await fresh(plan)) },
  'terms.sign': {
    may: ['weatherSteward', 'hospitalLead'],
    input: async (plan) => published(plan, await fresh(plan)),
  },
  'offers.list': { may: MEMBERS, input: inWorkspace },
  'offers.mine': { may: SIGNED_IN },
  'offers.get': { may: ['countyLead', 'weatherSteward', 'hospitalLead'], input: anOffer },
  'offers.invite': {
    may: HOST,
    input: async (plan) => ({
      workspaceId: await fresh(plan),
      email: 'somebody@agency.test',
      ceiling: 'edit',
      mayExport: false,
      until: null,
      message: '',
    }),
  },
  'offers.answer': {
    may: ['hospitalLead'],
    input: async (plan) => ({ ...(await anOffer(plan)), answer: 'accept', version: 0, hash: null }),
  },
  // None waits for an answer to a counter, nor for consent: those who may are in `tests/operations/cases/offers.ts`.
  'offers.settleCounter': { may: [], input: async (plan) => ({ ...(await anOffer(plan)), agree: true }) },
  'offers.consent': {
    may: [],
    input: async (plan) => ({ ...(await anOffer(plan)), give: true, reason: '' }),
  },
  'offers.withdraw': { may: HOST, input: anOffer },
  'participation.heldOut': { may: SIGNED_IN },
  'participation.change': {
    may: ['countyLead', 'hospitalLead'],
    input: async (plan) => ({ ...(await hospitalIn(plan)), ...NARROWER }),
  },
  'participation.suspend': {
    may: ['countyLead', 'hospitalLead'],
    input: async (plan) => ({ ...(await hospitalIn(plan)), confirm: true }),
  },
  'participation.resume': { may: HOST, input: suspendedByHost },
  'participation.previewEnd': { may: ['countyLead', 'hospitalLead'], input: hospitalIn },
  'participation.leave': {
    may: ['hospitalLead', 'weatherSteward'],
    input: async (plan) => ({ workspaceId: await fresh(plan), sections: 'withdraw', confirm: true }),
  },
}
