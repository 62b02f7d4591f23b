import { EVENT_KINDS } from '@/lib/audit/figures/kind-names'
import { QUESTION_IDS, type QuestionId } from '@/lib/audit/questions'
import { isId } from '@/lib/ids'
import { RULES } from '@/lib/policy/vocabulary'
import type { RecordExclusion, RecordFilter } from '@/lib/views/record'

/**
 * The filter as it stands in the page's URL, so that a view of the record can be sent to a colleague. Names are short
 * and stable; whatever does not make sense is left out, never an error. "-person=…" leaves out, and may be repeated.
 */
const FIELDS: { name: string; field: FilterField; makesSense: (value: string) => boolean }[] = [
  { name: 'person', field: 'personId', makesSense: isId },
  { name: 'org', field: 'orgId', makesSense: isId },
  { name: 'document', field: 'documentId', makesSense: isId },
  { name: 'section', field: 'sectionId', makesSense: isId },
  // By its shape: the catalogue is more than a page needs for this, and the server knows it.
  { name: 'event', field: 'type', makesSense: (value) => /^[a-z_]+\.[a-z_]+$/.test(value) },
  { name: 'kind', field: 'kind', makesSense: (value) => Object.hasOwn(EVENT_KINDS, value) },
  {
    name: 'outcome',
    field: 'outcome',
    makesSense: (value) => ['allowed', 'denied', 'failed'].includes(value),
  },
  { name: 'rule', field: 'rule', makesSense: (value) => RULES.some((rule) => rule === value) },
]

/** What can be asked for and left out alike. */
export type FilterField = keyof RecordExclusion

const momentOf = (value: string | null): string | null => {
  const time = value === null ? Number.NaN : Date.parse(value)
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

/** Reads the filter from a URL's query. */
export const filterOf = (query: URLSearchParams): RecordFilter => {
  const filter: Record<string, unknown> = {}
  const not: Record<string, string[]> = {}
  for (const { name, field, makesSense } of FIELDS) {
    const value = query.get(name)
    if (value !== null && makesSense(value)) filter[field] = value
    const left = [...new Set(query.getAll(`-${name}`))].filter(makesSense).slice(0, 20)
    if (left.length > 0) not[field] = left
  }
  const about = query.get('about')
  if (about !== null && isId(about)) filter.originatorId = about
  for (const end of ['from', 'until'] as const) {
    const moment = momentOf(query.get(end))
    if (moment !== null) filter[end] = moment
  }
  if (Object.keys(not).length > 0) filter.not = not
  return filter as RecordFilter
}

/** "?ask=who-read": the question that the page answers, beside its filter. */
export const questionOf = (query: URLSearchParams): QuestionId | null => {
  const asked = query.get('ask')
  return QUESTION_IDS.find((one) => one === asked) ?? null
}

/** Filter and question together. */
export const addressOf = (filter: RecordFilter, question: QuestionId | null): string => {
  const query = queryOf(filter)
  if (question === null) return query
  return `?ask=${question}${query === '' ? '' : `&${query.slice(1)}`}`
}

/** Writes it: "?person=…&outcome=denied", or "" for everything. */
export const queryOf = (filter: RecordFilter): string => {
  const query = new URLSearchParams()
  for (const { name, field } of FIELDS) {
    const value = filter[field]
    if (value !== undefined) query.set(name, value)
  }
  if (filter.originatorId) query.set('about', filter.originatorId)
  if (filter.from) query.set('from', filter.from)
  if (filter.until) query.set('until', filter.until)
  for (const { name, field } of FIELDS)
    for (const value of filter.not?.[field] ?? []) query.append(`-${name}`, value)
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}
