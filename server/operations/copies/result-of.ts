import type { Id } from '@/lib/ids'
import type { Label } from '@/lib/marking/label'
import { rollUp } from '@/lib/marking/roll-up'
import type { Boundary } from '@/lib/policy/facts'
import type { Authorized } from '@/server/policy/authorize'

/** What a section that is made of others will be. */
export interface Result {
  originatorOrgId: Id
  label: Label
  /** Its own. Null inherits; what its sources' boundaries say holds besides. */
  boundary: Boundary | null
}

/**
 * The originator that all parts share, else the organisation of whoever puts them together; the highest label. A label
 * that asks the boundary to name people needs one here as well, or the section would be shut for everybody: then it is that
 * of the part with this label, as it is now.
 * @param parts at least one, each authorized
 */
export const resultOf = (parts: readonly Authorized[], ownOrgId: Id): Result => {
  const sections = parts.flatMap(({ facts: { section, document } }) =>
    section === null ? [] : [{ ...section, around: document?.boundary ?? null }],
  )
  const [first] = sections
  if (first === undefined) throw new Error('a section that is made of nothing')
  const shared = sections.every(({ originatorOrgId }) => originatorOrgId === first.originatorOrgId)
  const labels = sections.flatMap(({ label, sources }) => [
    label,
    ...sources.flatMap((source) => source.section?.label ?? []),
  ])
  const label = rollUp(first.label, labels)
  const limits = sections.flatMap(({ sources, ...own }) => [
    own,
    ...sources.flatMap(({ section, document }) =>
      section === null ? [] : [{ ...section, around: document.boundary }],
    ),
  ])
  const strictest = limits.find((one) => one.label.id === label.id)
  const named = strictest === undefined ? null : (strictest.boundary ?? strictest.around)
  return {
    originatorOrgId: shared ? first.originatorOrgId : ownOrgId,
    label,
    boundary: label.named === null ? null : named,
  }
}
