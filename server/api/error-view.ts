import type { TRPCDefaultErrorShape, TRPCError } from '@trpc/server'
import { ZodError } from 'zod'
import { DomainError, type ErrorCode, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { ApiContext } from '@/server/api/context'
import { Bug, reportBug } from '@/server/operations/report-bug'

/** All that a browser learns of an error: never a stack, a path or another library's words. */
export interface ErrorView {
  code: ErrorCode | 'bug'
  httpStatus: number
  forPeople: string
  rule: string | null
  ask: string | null
  /** Seconds. */
  retryAfter: number | null
  /** The same can be asked for again after `me.confirm`. */
  confirm: boolean
  /** Of a bug: it stands in the log. */
  id: Id | null
}

export interface ErrorShape {
  code: TRPCDefaultErrorShape['code']
  message: string
  data: ErrorView
}

/** The error formatter of the whole API. A bug that no operation has reported yet is reported here. */
export const errorView = (
  shape: TRPCDefaultErrorShape,
  error: TRPCError,
  context: ApiContext | undefined,
): ErrorShape => {
  const data = { httpStatus: shape.data.httpStatus, ...NO_DETAILS, ...describe(error, context) }
  return { code: shape.code, message: data.forPeople, data }
}

/** The same view for what is refused before tRPC is asked. */
export const viewOfDomainError = (error: DomainError, httpStatus: number): ErrorView => ({
  httpStatus,
  ...NO_DETAILS,
  ...viewOf(error),
})

const viewOf = ({ code, forPeople, details }: DomainError): Described => ({
  // A hidden thing and a missing one are the same thing to whoever asks (R0).
  code: code === 'hidden' ? 'missing' : code,
  forPeople,
  rule: details.rule ?? null,
  ask: details.ask ?? null,
  retryAfter: details.retryAfter ?? null,
  confirm: details.confirm ?? false,
})

const NO_DETAILS = { rule: null, ask: null, retryAfter: null, confirm: false, id: null }

type Described = Pick<ErrorView, 'code' | 'forPeople'> & Partial<ErrorView>

const describe = (error: TRPCError, context: ApiContext | undefined): Described => {
  const { cause } = error
  if (cause instanceof DomainError) return viewOf(cause)
  if (cause instanceof ZodError) return { code: 'invalid', forPeople: firstFault(cause) }
  if (error.code !== 'INTERNAL_SERVER_ERROR') return FRAMEWORK[error.code] ?? UNREADABLE
  const bug =
    context === undefined ? cause : reportBug(context.services, context.actor, 'api', cause ?? error)
  return bug instanceof Bug
    ? { code: 'bug', forPeople: bug.message, id: bug.id }
    : { code: 'bug', forPeople: 'Something went wrong.' }
}

/** What a person can have typed wrongly is said in the words of the input; the rest is a page's mistake. */
const firstFault = ({ issues: [first] }: ZodError): string =>
  first !== undefined && TYPED.has(first.code) ? first.message : UNREADABLE.forPeople

const TYPED: ReadonlySet<string> = new Set(['custom', 'too_small', 'too_big', 'invalid_format'])

const UNREADABLE: Described = {
  code: 'invalid',
  forPeople: 'The request could not be read. Reload the page.',
}

/** What tRPC itself refuses before one of our procedures is asked. */
const FRAMEWORK: Partial<Record<TRPCError['code'], Described>> = {
  NOT_FOUND: { code: 'missing', forPeople: NOT_FOUND_FOR_PEOPLE },
  PAYLOAD_TOO_LARGE: { code: 'too_large', forPeople: 'That is more than can be sent at once.' },
}
