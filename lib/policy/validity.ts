import type { Boundary, Facts, Validity } from '@/lib/policy/facts'

/** Half open: at `from` it is in force, at `until` it is over. A malformed validity is never in force. */
export const inForce = (validity: Validity, at: number): boolean =>
  validity.from <= at && (validity.until === null || at < validity.until)

/**
 * The earliest moment after `facts.at` at which any validity among the facts begins or ends, in milliseconds since
 * the epoch; null if there is none. Until then the same facts give the same answer.
 */
export const nextChange = (facts: Facts): number | null => {
  let next: number | null = null
  const consider = (moment: number | null) => {
    if (moment !== null && moment > facts.at && (next === null || moment < next)) next = moment
  }
  const row = (of: { validity: Validity } | null) => {
    if (of === null) return
    consider(of.validity.from)
    consider(of.validity.until)
  }
  const boundary = (of: Boundary | null | undefined) => of?.clauses.forEach(row)
  row(facts.participation)
  row(facts.membership)
  facts.subject.groups.forEach(row)
  facts.grants.forEach(row)
  facts.denies.forEach(row)
  facts.breakGlass.forEach(row)
  boundary(facts.document?.boundary)
  boundary(facts.section?.boundary)
  for (const source of facts.section?.sources ?? []) {
    row(source)
    source.denies.forEach(row)
    boundary(source.document.boundary)
    boundary(source.section?.boundary)
  }
  return next
}
