import type { Question } from '@/lib/audit/questions'
import type { Id } from '@/lib/ids'
import type { RecordFilter } from '@/lib/views/record'

const DAY = 86_400_000

/** What somebody chose for a question. */
export interface Chosen {
  sectionId?: Id
  personId?: Id
  orgId?: Id
  from?: string
  until?: string
}

/** The filter that answers a question. */
export const filterFor = (question: Question, { orgId, ...chosen }: Chosen): RecordFilter => {
  const about: RecordFilter =
    orgId === undefined ? {} : question.ofOurs ? { originatorId: orgId, not: { orgId: [orgId] } } : { orgId }
  return { ...question.fixed, ...chosen, ...about }
}

/** A span that ends now begins at a fixed moment, to the minute, so that a link shows a colleague the same entries. */
export const lastDays = (days: number, now = Date.now()): Pick<Chosen, 'from'> => ({
  from: new Date(Math.floor((now - days * DAY) / 60_000) * 60_000).toISOString(),
})

/** A day of the calendar, in UTC. @param day "2026-03-03" */
export const wholeDay = (day: string): Pick<Chosen, 'from' | 'until'> => {
  const from = Date.parse(`${day}T00:00:00.000Z`)
  return Number.isNaN(from)
    ? {}
    : { from: new Date(from).toISOString(), until: new Date(from + DAY).toISOString() }
}
