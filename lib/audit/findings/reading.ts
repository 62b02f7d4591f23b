import { kindOf } from '@/lib/audit/event-kinds'
import type { SeenEvent } from '@/lib/audit/findings/types'
import type { Id } from '@/lib/ids'

const DAY = 86_400_000
/** Days that are remembered one by one: more than F-05 looks back. */
const KEPT = 14

export const dayOf = (at: number): number => Math.floor(at / DAY)

/** A section's text was shown. */
export const isReading = (event: SeenEvent): event is SeenEvent & { sectionId: Id } =>
  event.type === 'section.opened' && event.outcome === 'allowed' && event.sectionId !== null

/** Content left: exported, printed, downloaded. Copies inside are no export. */
export const isExport = ({ type, outcome }: SeenEvent): boolean =>
  outcome === 'allowed' && /^(document|section|review)\.(exported|printed|downloaded)$/.test(type)

/** Work on content: reading, writing, taking. */
export const isWork = ({ type, outcome }: SeenEvent): boolean =>
  outcome === 'allowed' && ['reads', 'edits', 'taken'].includes(kindOf(type))

/** How many different sections somebody opened on each of their days. */
export interface Days {
  /** Days before those kept: how many, and how many sections in all. */
  older: { days: number; sections: number }
  /** In order; the last one is the day that goes on. */
  kept: { day: number; sections: number; first: Id; last: Id }[]
  /** The sections of the last day. */
  today: Id[]
}

export const noDays = (): Days => ({ older: { days: 0, sections: 0 }, kept: [], today: [] })

/** An event that was sequenced after one of a later day is left out: it could not be told apart from what was counted. */
export const addReading = (days: Days, event: SeenEvent & { sectionId: Id }): void => {
  const day = dayOf(event.at)
  const last = days.kept.at(-1)
  if (last === undefined || day > last.day) {
    days.kept.push({ day, sections: 1, first: event.id, last: event.id })
    days.today = [event.sectionId]
  } else if (day === last.day) {
    if (!days.today.includes(event.sectionId)) {
      days.today.push(event.sectionId)
      last.sections++
    }
    last.last = event.id
  }
  for (const gone of days.kept.splice(0, Math.max(0, days.kept.length - KEPT))) {
    days.older.days++
    days.older.sections += gone.sections
  }
}

/** The mean of the days before one, and how many there were. */
export const usualBefore = (days: Days, day: number): { days: number; sections: number } => {
  const before = days.kept.filter((one) => one.day < day)
  const count = days.older.days + before.length
  const sections = days.older.sections + before.reduce((sum, one) => sum + one.sections, 0)
  return { days: count, sections: count === 0 ? 0 : sections / count }
}

/** One decimal is as exact as a mean of days is worth saying. */
export const rounded = (value: number): number => Math.round(value * 10) / 10
