/**
 * An end date is typed and read as the last day on which it still holds, in the reader's zone. Stored is the moment
 * after it: validity is half open.
 */

/** "2026-03-03" → the following midnight, as ISO 8601 UTC; null for an empty or impossible date. */
export const untilOfLastDay = (typed: string): string | null => {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed)
  if (found === null) return null
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])]
  const last = new Date(year, month - 1, day)
  if (last.getMonth() !== month - 1 || last.getDate() !== day) return null
  return new Date(year, month - 1, day + 1).toISOString()
}

/** The moment just before `until`: show its day. */
export const lastMomentOf = (until: string): Date => new Date(new Date(until).getTime() - 1)

/** For `<input type="date">`, in the reader's zone. */
export const lastDayOf = (until: string): string => dayForInput(lastMomentOf(until))

/** "2026-03-03" in the reader's zone. */
export const dayForInput = (date: Date): string => {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
