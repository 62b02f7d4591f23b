/** `zone` undefined = the reader's own. One language for now-and-here: the product's texts are English. */
const LANGUAGE = 'en-GB'

/** "3 Mar 2026" */
export const dayOnly = (date: Date, zone?: string): string =>
  new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'medium', timeZone: zone }).format(date)

/** "3 Mar 2026, 14:05" */
export const dayAndTime = (date: Date, zone?: string): string =>
  new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(date)

/** "2026-03-03 14:05:09 UTC": sorts, and reads the same everywhere. */
export const utcToTheSecond = (date: Date): string =>
  `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`

const STEPS = [
  { unit: 'year', seconds: 31_536_000 },
  { unit: 'month', seconds: 2_592_000 },
  { unit: 'week', seconds: 604_800 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const

/** "5 minutes ago", "in 3 days"; "just now" under a minute. */
export const sinceThen = (date: Date, now: Date): string => {
  const seconds = (date.getTime() - now.getTime()) / 1000
  const step = STEPS.find((one) => Math.abs(seconds) >= one.seconds)
  if (step === undefined) return 'just now'
  const words = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: 'auto' })
  return words.format(Math.trunc(seconds / step.seconds), step.unit)
}
