import { copySection } from '@/server/operations/copies/copy-section'
import { duplicateDocument } from '@/server/operations/copies/duplicate-document'
import { mergeSections } from '@/server/operations/copies/merge-sections'
import { previewCopy } from '@/server/operations/copies/preview-copy'
import { splitSection } from '@/server/operations/copies/split-section'
import { transferSection } from '@/server/operations/copies/transfer-section'
import { setTemplate } from '@/server/operations/documents/set-template'
import { type OperationCase, of, otherLead, reader } from '@/tests/operations/operation-case'
import type { Plan } from '@/tests/operations/plan'
import { letTake, withBlocks } from '@/tests/support/copies'

/** Somebody of Weather who edits everywhere, but whose agency takes nothing out. */
const mayNotTake = { who: 'weatherEditor', code: 'denied', rule: 'R9' } as const

const section = async ({ world, orgs, annexId, services }: Plan, title: string) =>
  withBlocks(services.db, await world.section(annexId, orgs.county, { title }), ['one', 'two'])

export const COPIES: readonly OperationCase[] = [
  of(
    'copies/preview-copy',
    previewCopy,
    ({ sections, annexId }) => ({ how: 'copy' as const, sectionId: sections.open, documentId: annexId }),
    'weatherEditor',
    reader,
  ),
  of(
    'copies/copy-section',
    copySection,
    async (plan) => {
      await letTake(plan, plan.orgs.county)
      return {
        sectionId: plan.sections.open,
        documentId: plan.annexId,
        title: 'Again',
        reason: 'For the drill',
      }
    },
    'countyLead',
    mayNotTake,
  ),
  of(
    'copies/split-section',
    splitSection,
    async (plan) => ({ sectionId: await section(plan, 'Long'), blockId: 'two', title: 'Rest' }),
    'weatherEditor',
    reader,
  ),
  of(
    'copies/merge-sections',
    mergeSections,
    async (plan) => ({
      sectionId: await section(plan, 'First'),
      nextSectionId: await section(plan, 'Second'),
      title: 'Both',
      reason: '',
    }),
    'countyLead',
    mayNotTake,
  ),
  of(
    'copies/transfer-section',
    transferSection,
    async (plan) => ({ sectionId: await section(plan, 'Elsewhere soon'), documentId: plan.documentId }),
    'countyLead',
    otherLead,
  ),
  of(
    'copies/duplicate-document',
    duplicateDocument,
    async (plan) => {
      await letTake(plan, plan.orgs.county)
      return { documentId: plan.annexId, title: 'Annex again', reason: 'For the drill' }
    },
    'countyLead',
    reader,
  ),
  of(
    'documents/set-template',
    setTemplate,
    ({ annexId }) => ({ documentId: annexId, isTemplate: true }),
    'countyLead',
    otherLead,
  ),
]
