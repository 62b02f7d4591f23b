import type { Id } from '@/lib/ids'
import { handlingIsAllowed } from '@/lib/policy/content'
import type { Facts, Request } from '@/lib/policy/facts'
import { factsAreKnown, requestIsKnown } from '@/lib/policy/known'
import { neededFor, rulesFor } from '@/lib/policy/rule-order'
import { atLeast, type Level, lower, type Rule } from '@/lib/policy/vocabulary'

/** What one rule said of a request, and the rows that it said it because of. */
export interface TraceStep {
  rule: Rule
  /** `passed`: it took nothing away from what was left; `capped`: less was left after it; `denied`: nothing was. */
  said: 'passed' | 'capped' | 'denied'
  /** The most that this rule alone would allow; null where it had nothing to say. */
  cap: Level | null
  rows: readonly Id[]
}

export interface Trace {
  /** What is left when every rule has spoken; for a duty too, unlike the level of a decision. */
  level: Level
  allowed: boolean
  /** In the order of the rules. Rules after one that denied are asked as well: they may be what stands in the way next. */
  steps: readonly TraceStep[]
}

/**
 * What every rule said, where `decide` tells only the one that fixed the outcome. The same judges in the same order, so
 * that the two agree: held by a property on random worlds. Total, and fails closed as `decide` does.
 */
export const trace = (facts: Facts, request: Request): Trace => {
  try {
    if (!requestIsKnown(request) || !factsAreKnown(facts)) return UNKNOWN
    return traced(facts, request)
  } catch {
    return UNKNOWN
  }
}

const UNKNOWN: Trace = {
  level: 'none',
  allowed: false,
  steps: [{ rule: 'R0', said: 'denied', cap: 'none', rows: [] }],
}

const traced = (facts: Facts, request: Request): Trace => {
  let level: Level = 'manage'
  const steps: TraceStep[] = rulesFor(request).map(({ rule, find }) => {
    const finding = find(facts, request)
    if (finding === null) return { rule, said: 'passed', cap: null, rows: [] }
    const { cap, rows } = finding
    const said = cap === 'none' ? 'denied' : atLeast(cap, level) ? 'passed' : 'capped'
    level = lower(level, cap)
    return { rule, said, cap, rows: [...rows].sort() }
  })
  const handled = handlingIsAllowed(facts, request)
  steps.push({ rule: 'R9', said: handled ? 'passed' : 'denied', cap: null, rows: [] })
  return { level, allowed: handled && atLeast(level, neededFor(request)), steps }
}
