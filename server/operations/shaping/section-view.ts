import type { Id } from '@/lib/ids'
import { explain } from '@/lib/policy/explain'
import { atLeast } from '@/lib/policy/vocabulary'
import type { SectionView } from '@/lib/views/document'
import type { AgencyView } from '@/lib/views/person'
import { mustGet } from '@/server/operations/shaping/agencies'
import { audienceOf } from '@/server/operations/shaping/audience'
import { labelView } from '@/server/operations/shaping/labels'
import { type Authorized, askAlso } from '@/server/policy/authorize'

export const mayDiscover = ({ decision }: Authorized): boolean => atLeast(decision.level, 'discover')

interface Shown {
  title: string
  reseedUntil: Date | null
  /** The answer to "may this person edit the section?": its level holds for every other question too. */
  answer: Authorized
  mayReorder: boolean
  ownOrg: string
  agencies: ReadonlyMap<Id, AgencyView>
}

/** One section as this viewer may know it. Give it only sections that the viewer may discover. */
export const sectionView = ({
  title,
  reseedUntil,
  answer,
  mayReorder,
  ownOrg,
  agencies,
}: Shown): SectionView => {
  const { facts, decision } = answer
  const { section, document } = facts
  if (section === null || document === null) throw new Error('a section was shown without its facts')
  const originator = mustGet(agencies, section.originatorOrgId)
  const governs = askAlso(answer, { ask: 'govern' }).allowed
  const edits = decision.allowed
  return {
    id: section.id,
    title,
    label: labelView(section.label),
    originator,
    audience: audienceOf(section.boundary ?? document.boundary, section.label, agencies, facts.at),
    frozen: section.frozen,
    reseedUntil: reseedUntil !== null && reseedUntil.getTime() > facts.at ? reseedUntil.toISOString() : null,
    level: decision.level,
    readOnlyWhy: edits
      ? null
      : explain(decision, { ask: 'level', what: 'section', originator: originator.name, ownOrg }).why,
    can: {
      edit: edits,
      rename: edits,
      move: mayReorder,
      freeze: governs && !section.frozen,
      unfreeze: governs && section.frozen,
      reseed: governs && !section.frozen,
      remove: governs,
      mark: governs,
      seeBoundary: atLeast(decision.level, 'read'),
      setBoundary: governs,
    },
  }
}
