import type { Step } from '@/lib/audit/figures/span'

const zone = { timeZone: 'UTC' } as const
const DAY = new Intl.DateTimeFormat('en-GB', { ...zone, day: 'numeric', month: 'short' })
const DAY_AND_YEAR = new Intl.DateTimeFormat('en-GB', {
  ...zone,
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})
const CLOCK = new Intl.DateTimeFormat('en-GB', { ...zone, hour: '2-digit', minute: '2-digit' })

type Grid = Step | 'quarter'

/** The beginning of a step on an axis: "3 Mar", "14:00". Midnight is called by its day. */
export const onAxis = (at: string, step: Grid): string => {
  const date = new Date(at)
  const clock = CLOCK.format(date)
  if (step === 'quarter') return clock
  return step === 'hour' && clock !== '00:00' ? clock : DAY.format(date)
}

/** The whole step in words: "3 Mar 2026, 14:00", "3 Mar 2026", "week of 3 Mar 2026". */
export const inWords = (at: string, step: Grid): string => {
  const date = new Date(at)
  const day = DAY_AND_YEAR.format(date)
  if (step === 'week') return `week of ${day}`
  return step === 'day' ? day : `${day}, ${CLOCK.format(date)}`
}

/** Which steps have a label below the axis: midnights, every third hour of a short time, every second hour of one day. */
export const isMarked = (at: string, index: number, step: Grid, all: number): boolean => {
  const hour = new Date(at).getUTCHours()
  if (step === 'quarter') return index % 8 === 0
  return step !== 'hour' || hour === 0 || (all <= 48 && hour % 3 === 0)
}
