import { EDITORS, HOST, type ProcedureCase } from '@/tests/api/procedures/who'
import type { Plan } from '@/tests/operations/plan'
import { letTake, withBlocks } from '@/tests/support/copies'

const section = async ({ world, orgs, annexId, services }: Plan) =>
  withBlocks(services.db, await world.section(annexId, orgs.county), ['one', 'two'])

export const COPIES: Record<string, ProcedureCase> = {
  'copies.preview': {
    may: EDITORS,
    input: ({ sections, annexId }) => ({ how: 'copy', sectionId: sections.open, documentId: annexId }),
  },
  // Of the agencies here only the host may take anything out (R9).
  'copies.copy': {
    may: HOST,
    input: async (plan) => {
      await letTake(plan, plan.orgs.county)
      return { sectionId: plan.sections.open, documentId: plan.annexId, title: 'Again', reason: '' }
    },
  },
  'copies.split': {
    may: EDITORS,
    input: async (plan) => ({ sectionId: await section(plan), blockId: 'two', title: 'Rest' }),
  },
  'copies.merge': {
    may: HOST,
    input: async (plan) => ({
      sectionId: await section(plan),
      nextSectionId: await section(plan),
      title: 'Both',
      reason: '',
    }),
  },
  'copies.transfer': {
    may: HOST,
    input: async (plan) => ({ sectionId: await section(plan), documentId: plan.documentId }),
  },
  'copies.duplicate': {
    may: EDITORS,
    input: ({ annexId }) => ({ documentId: annexId, title: 'Annex again', reason: '' }),
  },
  'copies.setTemplate': { may: HOST, input: ({ annexId }) => ({ documentId: annexId, isTemplate: true }) },
}
