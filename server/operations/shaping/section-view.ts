import type { Id } from '@/lib/ids'
import { brokenGlass } from '@/lib/policy/break-glass'
import { explain } from '@/lib/policy/explain'
import { atLeast } from '@/lib/policy/vocabulary'
import type { SectionView } from '@/lib/views/document'
import type { AgencyView } from '@/lib/views/person'
import { mustGet } from '@/server/operations/shaping/agencies'
import { audienceOf } from '@/server/operations/shaping/audience'
import { labelView } from '@/server/operations/shaping/labels'
import { type Authorized, askAlso, isRefusedBySource } from '@/server/policy/authorize'

export const mayDiscover = ({ decision }: Authorized): boolean => atLeast(decision.level, 'discover')

interface Shown {
  title: string
  reseedUntil: Date | null
  /** The answer to "may this person edit the section?": its level holds for every other question too. */
  answer: Authorized
  mayReorder: boolean
  /** The workspace has turned break-glass on. */
  glassIsOn: boolean
  contradiction: SectionView['contradiction']
  ownOrg: string
  agencies: ReadonlyMap<Id, AgencyView>
}

/** One section as this viewer may know it. Give it only sections that the viewer may discover. */
export const sectionView = ({
  title,
  reseedUntil,
  answer,
  mayReorder,
  glassIsOn,
  contradiction,
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
    glass: glassOf(answer),
    level: decision.level,
    readOnlyWhy: edits
      ? null
      : explain(decision, {
          ask: 'level',
          what: 'section',
          originator: originator.name,
          ownOrg,
          bySource: isRefusedBySource(answer, { ask: 'level', needs: 'edit' }),
        }).why,
    contradiction,
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
      breakGlass: glassIsOn && decision.level === 'discover',
      copy: atLeast(decision.level, 'read'),
      transfer: governs && rulesForOriginator(answer),
      split: edits && mayReorder,
      merge: mayReorder && atLeast(decision.level, 'read'),
    },
  }
}

/** Only the originator's own lead or steward puts a section into another document. */
const rulesForOriginator = ({ facts: { section, subject, membership } }: Authorized): boolean =>
  section?.originatorOrgId === subject.orgId &&
  (membership?.role === 'lead' || membership?.role === 'steward')

const glassOf = ({ facts }: Authorized): SectionView['glass'] => {
  const inForce = new Set(brokenGlass(facts))
  const look = facts.breakGlass.find(({ id }) => inForce.has(id))
  if (look === undefined || look.validity.until === null) return null
  return { id: look.id, until: new Date(look.validity.until).toISOString() }
}
