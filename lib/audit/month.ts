/** Months of the record, in UTC: "2026-03". */

export const monthOf = (at: Date): string => at.toISOString().slice(0, 7)

/** The first moment after the month and `more` further ones. */
export const endOfMonth = (month: string, more = 0): Date => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number + more, 1))
}
