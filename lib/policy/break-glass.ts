import type { Id } from '@/lib/ids'
import type { Facts, Request } from '@/lib/policy/facts'
import type { Finding } from '@/lib/policy/finding'
import { inForce } from '@/lib/policy/validity'
import { atLeast } from '@/lib/policy/vocabulary'

type Judge = (facts: Facts, request: Request) => Finding | null

/**
 * The emergency looks of this person at this section that are in force: none without a section or a membership, for
 * whoever has left the workspace takes no look with them.
 */
export const brokenGlass = ({ breakGlass, section, membership, at }: Facts): readonly Id[] => {
  if (breakGlass.length === 0 || section === null) return []
  if (membership === null || !inForce(membership.validity, at)) return []
  return breakGlass.filter(({ validity }) => inForce(validity, at)).map(({ id }) => id)
}

/**
 * A rule that stands aside for an emergency look, up to `read` and no further. Only for R5 to R7, and only for seeing:
 * nobody turns a key, rules or is let past R1 to R4 with it.
 */
export const unlessGlassIsBroken =
  (judge: Judge): Judge =>
  (facts, request) => {
    const finding = judge(facts, request)
    if (finding === null || facts.breakGlass.length === 0 || atLeast(finding.cap, 'read')) return finding
    if (request.ask !== 'level' && request.ask !== 'handle') return finding
    const rows = brokenGlass(facts)
    return rows.length === 0 ? finding : { cap: 'read', rows }
  }
