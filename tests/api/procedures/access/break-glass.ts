import { hashOf } from '@/server/operations/break-glass/glass-release'
import { HOST, inWorkspace, MEMBERS, type ProcedureCase } from '@/tests/api/procedures/who'
import type { Plan } from '@/tests/operations/plan'
import { glassIs, keyOf, lookAt } from '@/tests/support/glass'

const LEADS = ['countyLead', 'hospitalLead'] as const
const pending = async (plan: Plan) => {
  await keyOf(plan, 'hospitalLead')
  return inWorkspace(plan)
}

export const BREAK_GLASS: Record<string, ProcedureCase> = {
  'breakGlass.get': { may: MEMBERS, input: inWorkspace },
  'breakGlass.ask': {
    may: LEADS,
    input: async (plan) => {
      await glassIs(plan, 'off')
      return inWorkspace(plan)
    },
  },
  'breakGlass.turnKey': {
    may: HOST,
    input: async (plan) => ({ ...(await pending(plan)), hash: hashOf(plan.workspaceId) }),
  },
  'breakGlass.decline': { may: LEADS, input: pending },
  'breakGlass.disable': {
    may: LEADS,
    input: async (plan) => {
      await glassIs(plan, 'on')
      return inWorkspace(plan)
    },
  },
  'breakGlass.open': {
    may: ['countyLead', 'countyReader', 'weatherSteward', 'weatherEditor', 'reviewer'],
    input: async (plan) => {
      await glassIs(plan, 'on')
      return {
        sectionId: plan.sections.closed,
        reason: 'The hospital does not answer, and patients wait.',
        minutes: 15,
      }
    },
    // Whoever knows the document and holds the id may open it: the originator is told of every one.
    open: { sectionId: 'that is what an emergency look is' },
  },
  'breakGlass.end': {
    may: ['weatherEditor', 'hospitalLead'],
    input: async (plan) => ({ breakGlassId: await lookAt(plan, 'weatherEditor', { minutes: 30 }) }),
  },
  'breakGlass.review': {
    may: ['hospitalLead'],
    input: async (plan) => ({
      breakGlassId: await lookAt(plan, 'weatherEditor', { minutes: 30, over: true }),
      verdict: 'justified',
      note: 'It was needed.',
    }),
  },
}
