import type { ErrorCode } from '@/lib/errors'

/** What a person is told of an error, wherever it came from. */
export interface Problem {
  code: ErrorCode | 'bug' | 'offline'
  /** What happened, why, what to do. */
  forPeople: string
  rule: string | null
  /** Whom to ask. */
  ask: string | null
  /** Seconds after which trying again can help. */
  retryAfter: number | null
  /** It can be tried again after entering the password once more. */
  confirm: boolean
  /** Of a bug: what an operator finds in the log. */
  id: string | null
}

type Loose = Record<string, unknown>

const isLoose = (value: unknown): value is Loose => typeof value === 'object' && value !== null
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/**
 * Reads an error thrown by the API client (its `data` is the server's ErrorView) or, in server components, by an
 * operation. A DomainError is known by its name: Next's copy of the class is not the server's, so `instanceof` lies.
 */
export const problemOf = (error: unknown): Problem => {
  if (isLoose(error)) {
    if (isLoose(error.data) && text(error.data.forPeople) !== null) return from(error.data, error.data)
    if (isLoose(error.cause) && error.cause.name === 'DomainError') return problemOf(error.cause)
    if (error.name === 'DomainError') return from(error, isLoose(error.details) ? error.details : {})
    if (error.name === 'Bug')
      return { ...BUG, forPeople: text(error.message) ?? BUG.forPeople, id: text(error.id) }
    // The client wraps a failed fetch; nothing of it came from our server.
    if (error.name === 'TRPCClientError') return OFFLINE
  }
  return BUG
}

const from = (source: Loose, details: Loose): Problem => ({
  code: (text(source.code) ?? 'bug') as Problem['code'],
  forPeople: text(source.forPeople) ?? BUG.forPeople,
  rule: text(details.rule),
  ask: text(details.ask),
  retryAfter: typeof details.retryAfter === 'number' ? details.retryAfter : null,
  confirm: details.confirm === true,
  id: text(details.id),
})

const BUG: Problem = {
  code: 'bug',
  forPeople: 'Something went wrong on our side. Nothing was changed. Try again in a moment.',
  rule: null,
  ask: null,
  retryAfter: null,
  confirm: false,
  id: null,
}

const OFFLINE: Problem = {
  ...BUG,
  code: 'offline',
  forPeople: 'The server cannot be reached. Check your connection and try again.',
}

/** One sentence for a toast: what happened and whom to ask. */
export const inOneLine = ({ forPeople, ask }: Problem): string =>
  ask === null ? forPeople : `${forPeople} Ask ${ask}.`
