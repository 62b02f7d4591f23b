import {
  FINDING_RULES,
  FINDING_STATES,
  type FindingRule,
  type FindingState,
} from '@/lib/audit/findings/finding-rules'
import { type Id, isId } from '@/lib/ids'

/** What the page shows, as it stands in its address. */
export interface FindingsQuery {
  state: FindingState | null
  rule: FindingRule | null
  /** The finding that is open. */
  findingId: Id | null
}

/** Whatever does not make sense is left out, never an error. */
export const findingsOf = (query: URLSearchParams): FindingsQuery => {
  const id = query.get('finding')
  return {
    state: FINDING_STATES.find((state) => state === query.get('state')) ?? null,
    rule: FINDING_RULES.find((rule) => rule === query.get('rule')) ?? null,
    findingId: id !== null && isId(id) ? id : null,
  }
}

export const findingsQuery = ({ state, rule, findingId }: FindingsQuery): string => {
  const query = new URLSearchParams()
  if (state !== null) query.set('state', state)
  if (rule !== null) query.set('rule', rule)
  if (findingId !== null) query.set('finding', findingId)
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}
