import { EDITORS, HOST, inOpen, type ProcedureCase } from '@/tests/api/procedures/who'
import { ownFrozen } from '@/tests/operations/cases/sections'

export const SECTIONS: Record<string, ProcedureCase> = {
  'sections.create': {
    may: EDITORS,
    input: ({ documentId, sections }) => ({ documentId, title: 'New', afterSectionId: sections.open }),
  },
  'sections.rename': { may: EDITORS, input: (plan) => ({ ...inOpen(plan), title: 'Outlook' }) },
  'sections.move': { may: EDITORS, input: (plan) => ({ ...inOpen(plan), afterSectionId: plan.frozenId }) },
  'sections.freeze': { may: HOST, input: inOpen },
  'sections.unfreeze': { may: HOST, input: ownFrozen },
  'sections.openReseed': { may: HOST, input: (plan) => ({ ...inOpen(plan), minutes: 15 }) },
  'sections.closeReseed': { may: HOST, input: inOpen },
  'sections.remove': { may: HOST, input: inOpen },
  'sections.restore': { may: HOST, input: ({ removedId }) => ({ sectionId: removedId }) },
  'sections.mark': { may: HOST, input: (plan) => ({ ...inOpen(plan), label: 'TLP:AMBER' }) },
}
