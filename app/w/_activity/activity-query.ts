import { isId } from '@/lib/ids'

/** What the page shows, as it stands in its address: so that a picture of the record can be sent to a colleague. */
export interface ActivityQuery {
  /** ISO 8601. */
  from?: string | undefined
  until?: string | undefined
  personId?: string | undefined
  /** 2026-03-03, in UTC. */
  day?: string | undefined
  sectionId?: string | undefined
}

const momentOf = (value: string | null): string | undefined => {
  const time = value === null ? Number.NaN : Date.parse(value)
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}
const idOf = (value: string | null) => (value !== null && isId(value) ? value : undefined)
const dayOf = (value: string | null) =>
  value !== null && /^\d{4}-\d\d-\d\d$/.test(value) && momentOf(value) !== undefined ? value : undefined

/** Whatever does not make sense is left out, never an error. */
export const activityOf = (query: URLSearchParams): ActivityQuery => {
  const read = {
    from: momentOf(query.get('from')),
    until: momentOf(query.get('until')),
    personId: idOf(query.get('person')),
    day: dayOf(query.get('day')),
    sectionId: idOf(query.get('section')),
  }
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
}

export const activityQuery = ({ from, until, personId, day, sectionId }: ActivityQuery): string => {
  const query = new URLSearchParams()
  const put = (name: string, value: string | undefined) => value !== undefined && query.set(name, value)
  put('from', from)
  put('until', until)
  put('person', personId)
  put('day', day)
  put('section', sectionId)
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}
