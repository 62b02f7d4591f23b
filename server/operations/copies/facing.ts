import type { Id } from '@/lib/ids'
import type { Facts, Source } from '@/lib/policy/facts'
import type { SubjectKind } from '@/lib/policy/vocabulary'
import type { CopyPlan } from '@/lib/views/copies'
import { resultOf } from '@/server/operations/copies/result-of'
import { type Authorized, NO_ID } from '@/server/policy/authorize'
import type { Hypothesis } from '@/server/policy/who-can'

/**
 * What the facts about somebody would be who comes to the section that a plan makes or moves: those of the place, and a
 * section that everything it is made of limits.
 */
export const facing = (
  { how }: Pick<CopyPlan, 'how'>,
  place: Authorized,
  parts: readonly Authorized[],
  ownOrgId: Id,
): Hypothesis => {
  const { document } = place.facts
  const { label, boundary, originatorOrgId } = resultOf(parts, ownOrgId)
  const moved = how === 'move' ? (parts[0]?.facts.section ?? null) : null
  const origins = parts.flatMap((part) => [
    ...sourceOf(part.facts, moved !== null),
    ...(part.facts.section?.sources ?? []),
  ])
  const section: Facts['section'] = {
    ...(moved ?? { id: NO_ID, originatorOrgId, frozen: false, label, boundary }),
    sources: origins,
  }
  return (facts) => ({
    ...facts,
    document:
      how === 'duplicate' && document !== null
        ? { ...document, ownerOrgId: ownOrgId, boundary: null }
        : facts.document,
    section,
  })
}

/** The link that would be written: to the section, or to the document that a moved one leaves. */
const sourceOf = ({ document, section, denies }: Facts, isMoved: boolean): Source[] => {
  if (document === null || section === null) return []
  const there = denies.filter(({ on }) => on === 'document' || (on === 'section' && !isMoved))
  return [
    {
      id: section.id,
      validity: { from: 0, until: null },
      originatorOrgId: isMoved ? document.ownerOrgId : section.originatorOrgId,
      document,
      section: isMoved ? null : section,
      denies: there,
    },
  ]
}

/** The groups that somebody may have to be in to come to what is made of these. */
export const groupsFacing = (parts: readonly Authorized[]): Id[] => {
  const groups = new Set<Id>()
  const look = (rows: readonly { subjectKind: SubjectKind; subjectId: Id }[] | undefined) => {
    for (const { subjectKind, subjectId } of rows ?? []) if (subjectKind === 'group') groups.add(subjectId)
  }
  for (const { facts } of parts) {
    look(facts.denies)
    for (const limits of [facts.document, facts.section]) look(limits?.boundary?.clauses)
    for (const { document, section, denies } of facts.section?.sources ?? []) {
      look(denies)
      for (const limits of [document, section]) look(limits?.boundary?.clauses)
    }
  }
  return [...groups]
}
