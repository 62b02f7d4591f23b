const DAY = 86_400_000
/** A click that follows a click adds nothing: what would gain less than this part of its length is not renewed yet. */
const LEAST = 20

/**
 * Until when something holds that is given again for as long as it was given: counted from now in whole days, and ending
 * at the same time of day as before (an end is usually a midnight somewhere). What was given for less than a day is given
 * for exactly as long. All times in milliseconds since the epoch.
 * @returns null when that would be hardly later than it ends already
 */
export const renewedUntil = ({ from, until }: { from: number; until: number }, at: number): number | null => {
  const length = until - from
  const days = length < DAY ? 0 : Math.round(length / DAY)
  const again = days === 0 ? at + length : until + Math.round((at + days * DAY - until) / DAY) * DAY
  return again - until >= length / LEAST ? again : null
}
