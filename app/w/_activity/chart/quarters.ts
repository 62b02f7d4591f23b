const QUARTER = 900_000

/** The quarters of an hour of a day. @param day 2026-03-03, in UTC */
export const quartersOf = (day: string): { at: string; end: string }[] => {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  const at = (index: number) => new Date(midnight + index * QUARTER).toISOString()
  return Array.from({ length: 96 }, (_, index) => ({ at: at(index), end: at(index + 1) }))
}
