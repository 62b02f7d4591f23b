import { DomainError } from '@/lib/errors'

export const STEPS = ['hour', 'day', 'week'] as const
export type Step = (typeof STEPS)[number]

/** [from, until) in UTC, both on a border of a step: ISO 8601. Weeks begin on Monday (ISO 8601), as PostgreSQL has them. */
export interface Span {
  from: string
  until: string
  step: Step
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** 1970-01-01 was a Thursday; the Monday before it. */
const FIRST_MONDAY = -3 * DAY
const LENGTH: Record<Step, number> = { hour: HOUR, day: DAY, week: 7 * DAY }
const LONGEST = 10 * 366 * DAY
const DEFAULT = 7 * DAY

const floor = (time: number, step: Step): number => {
  const start = step === 'week' ? FIRST_MONDAY : 0
  return start + Math.floor((time - start) / LENGTH[step]) * LENGTH[step]
}
const ceil = (time: number, step: Step): number => {
  const down = floor(time, step)
  return down === time ? time : down + LENGTH[step]
}

/** At most 192 hours, 94 days; beyond that weeks: so many points that each can still be seen. */
const stepFor = (length: number): Step => (length <= 8 * DAY ? 'hour' : length <= 94 * DAY ? 'day' : 'week')

/**
 * The span that a figure shows for what was asked: moved outwards to whole steps, so that every point is a whole one. Without
 * a beginning the seven days before the end; without an end until now.
 * @throws DomainError `invalid`: the end does not come after the beginning, or more than ten years
 */
export const spanOf = (asked: { from?: string | undefined; until?: string | undefined }, now: Date): Span => {
  const until = asked.until === undefined ? now.getTime() : Date.parse(asked.until)
  const from = asked.from === undefined ? until - DEFAULT : Date.parse(asked.from)
  if (!(from < until)) throw new DomainError('invalid', 'The end must come after the beginning.')
  if (until - from > LONGEST) throw new DomainError('invalid', 'Choose at most ten years at once.')
  const step = stepFor(until - from)
  return {
    from: new Date(floor(from, step)).toISOString(),
    until: new Date(ceil(until, step)).toISOString(),
    step,
  }
}

/** The beginnings of all steps of a span, and of what comes after each. */
export const stepsIn = ({ from, until, step }: Span): { at: string; end: string }[] => {
  const all: { at: string; end: string }[] = []
  for (let time = Date.parse(from); time < Date.parse(until); time += LENGTH[step])
    all.push({ at: new Date(time).toISOString(), end: new Date(time + LENGTH[step]).toISOString() })
  return all
}
