import { closeReseed } from '@/server/operations/sections/close-reseed'
import { createSection } from '@/server/operations/sections/create-section'
import { freezeSection } from '@/server/operations/sections/freeze-section'
import { markSection } from '@/server/operations/sections/mark-section'
import { moveSection } from '@/server/operations/sections/move-section'
import { openReseed } from '@/server/operations/sections/open-reseed'
import { removeSection } from '@/server/operations/sections/remove-section'
import { renameSection } from '@/server/operations/sections/rename-section'
import { restoreSection } from '@/server/operations/sections/restore-section'
import { unfreezeSection } from '@/server/operations/sections/unfreeze-section'
import { type OperationCase, of, otherLead, reader } from '@/tests/operations/operation-case'
import type { Plan } from '@/tests/operations/plan'

/** Frozen, and of which nobody outside County could do more than read: a thaw gives nobody else more. */
export const ownFrozen = async ({ world, documentId, orgs }: Plan) => {
  const sectionId = await world.section(documentId, orgs.county, { title: 'Ice', frozenAt: Date.now() })
  await world.boundary({ sectionId }, [
    { kind: 'org', id: orgs.county, max: 'manage' },
    { kind: 'org', id: orgs.weather, max: 'read' },
    { kind: 'org', id: orgs.hospital, max: 'read' },
  ])
  return { sectionId }
}

export const SECTIONS: readonly OperationCase[] = [
  of(
    'sections/create-section',
    createSection,
    ({ documentId, sections }) => ({ documentId, title: 'New', afterSectionId: sections.open }),
    'hospitalEditor',
    reader,
  ),
  of(
    'sections/rename-section',
    renameSection,
    ({ sections }) => ({ sectionId: sections.shared, title: 'Outlook' }),
    'weatherEditor',
    { who: 'countyLead', code: 'denied', rule: 'R5' },
  ),
  of(
    'sections/move-section',
    moveSection,
    ({ sections, frozenId }) => ({ sectionId: sections.open, afterSectionId: frozenId }),
    'weatherEditor',
    reader,
  ),
  of(
    'sections/freeze-section',
    freezeSection,
    // One of its own: what comes later in this world still writes in the others.
    async ({ world, documentId, orgs }) => ({
      sectionId: await world.section(documentId, orgs.county, { title: 'To freeze' }),
    }),
    'countyLead',
    otherLead,
  ),
  of('sections/unfreeze-section', unfreezeSection, ownFrozen, 'countyLead', { ...otherLead, rule: 'R5' }),
  of(
    'sections/open-reseed',
    openReseed,
    ({ sections }) => ({ sectionId: sections.open, minutes: 15 }),
    'countyLead',
    otherLead,
  ),
  of(
    'sections/close-reseed',
    closeReseed,
    ({ sections }) => ({ sectionId: sections.open }),
    'countyLead',
    otherLead,
  ),
  of(
    'sections/remove-section',
    removeSection,
    ({ sections }) => ({ sectionId: sections.named }),
    'hospitalLead',
    {
      who: 'countyLead',
      code: 'denied',
      rule: 'R5',
    },
  ),
  of(
    'sections/restore-section',
    restoreSection,
    ({ removedId }) => ({ sectionId: removedId }),
    'countyLead',
    {
      who: 'hospitalLead',
      code: 'hidden',
      rule: 'R7',
    },
  ),
  of(
    'sections/mark-section',
    markSection,
    ({ sections }) => ({ sectionId: sections.open, label: 'TLP:AMBER' }),
    'countyLead',
    otherLead,
  ),
]
