import type { Id } from '@/lib/ids'
import { handlingIsAllowed } from '@/lib/policy/content'
import { isDuty } from '@/lib/policy/duties'
import type { Decision, Facts, Request } from '@/lib/policy/facts'
import { factsAreKnown, requestIsKnown } from '@/lib/policy/known'
import { neededFor, type RuleOrder, rulesFor } from '@/lib/policy/rule-order'
import { atLeast, type Level, type Rule } from '@/lib/policy/vocabulary'

/** R0. Also the answer about an object that does not exist: outside, hidden and missing are one. */
export const UNKNOWN: Decision = Object.freeze({
  allowed: false,
  level: 'none',
  rule: 'R0',
  rows: Object.freeze([]),
})

/**
 * Who may do what, and why (DESIGN.md section 3). Pure, total, and fails closed: a fact that is absent or malformed is
 * R0, never an exception and never a permission. The order of rows among the facts does not matter.
 * The rule: the one that denied outright (level none); else, of a refusal, the first that left too little; else, of
 * an allowed level, the one that capped it, or R7 (what was granted). A duty (`isDuty`) gives level none.
 */
export const decide = (facts: Facts, request: Request): Decision => {
  try {
    if (!requestIsKnown(request) || !factsAreKnown(facts)) return UNKNOWN
    return judge(rulesFor(request), neededFor(request), facts, request)
  } catch {
    return UNKNOWN
  }
}

const judge = (rules: RuleOrder, needs: Level, facts: Facts, request: Request): Decision => {
  let level: Level = 'manage'
  let fixedBy: Rule = 'R7'
  let refusedBy: Rule | null = null
  const rows: Id[] = []
  for (const { rule, find } of rules) {
    const finding = find(facts, request)
    if (finding === null) continue
    if (finding.cap === 'none') return { allowed: false, level: 'none', rule, rows: sorted(finding.rows) }
    if (!atLeast(finding.cap, level) || (rule === 'R7' && finding.cap === level)) {
      level = finding.cap
      fixedBy = rule
    }
    if (!atLeast(level, needs)) refusedBy ??= rule
    for (const row of finding.rows) insertSorted(rows, row)
  }
  if (refusedBy === null && !handlingIsAllowed(facts, request)) refusedBy = 'R9'
  const shown = isDuty(request) ? 'none' : level
  return { allowed: refusedBy === null, level: shown, rule: refusedBy ?? fixedBy, rows }
}

/** A decision rests on a handful of rows: finding each its place costs less than a `sort` of all. */
const insertSorted = (rows: Id[], row: Id): void => {
  let at = rows.length
  rows.push(row)
  for (; at > 0 && (rows[at - 1] as Id) > row; at--) rows[at] = rows[at - 1] as Id
  rows[at] = row
}

const sorted = (rows: readonly Id[]): readonly Id[] => {
  if (rows.length < 2) return rows
  const result: Id[] = []
  for (const row of rows) insertSorted(result, row)
  return result
}
