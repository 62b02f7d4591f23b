import { EVENTS, type EventType, type Outcome } from '@/lib/audit/catalogue'
import { isId } from '@/lib/ids'
import type { RecordFilter } from '@/lib/views/record'

/**
 * The filter as it stands in the page's URL, so that a view of the record can be sent to a colleague. Names are short
 * and stable; whatever does not make sense is left out, never an error.
 */
const IDS = { person: 'personId', org: 'orgId', document: 'documentId', section: 'sectionId' } as const
const OUTCOMES: readonly Outcome[] = ['allowed', 'denied', 'failed']

const isEvent = (value: string | null): value is EventType => value !== null && Object.hasOwn(EVENTS, value)
const isOutcome = (value: string | null): value is Outcome => OUTCOMES.some((one) => one === value)
const momentOf = (value: string | null): string | null => {
  const time = value === null ? Number.NaN : Date.parse(value)
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

/** Reads the filter from a URL's query. */
export const filterOf = (query: URLSearchParams): RecordFilter => {
  const filter: RecordFilter = {}
  for (const [name, field] of Object.entries(IDS)) {
    const id = query.get(name)
    if (id !== null && isId(id)) filter[field as (typeof IDS)[keyof typeof IDS]] = id
  }
  const type = query.get('event')
  if (isEvent(type)) filter.type = type
  const outcome = query.get('outcome')
  if (isOutcome(outcome)) filter.outcome = outcome
  for (const end of ['from', 'until'] as const) {
    const moment = momentOf(query.get(end))
    if (moment !== null) filter[end] = moment
  }
  return filter
}

/** Writes it: "?person=…&outcome=denied", or "" for everything. */
export const queryOf = (filter: RecordFilter): string => {
  const query = new URLSearchParams()
  for (const [name, field] of Object.entries(IDS)) {
    const id = filter[field as keyof RecordFilter]
    if (id !== undefined) query.set(name, id)
  }
  if (filter.type) query.set('event', filter.type)
  if (filter.outcome) query.set('outcome', filter.outcome)
  if (filter.from) query.set('from', filter.from)
  if (filter.until) query.set('until', filter.until)
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}
