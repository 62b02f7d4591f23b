/**
 * Every refusal that a person may meet. One code per meaning; one table per exit (tRPC, close codes, screen).
 * Anything that is not a DomainError is a bug: it is logged with an id and shown as "something went wrong, id …".
 */
import { CLOSE } from '@/lib/sync/protocol'

export const ERROR_CODES = [
  'signed_out',
  'denied',
  'hidden',
  'missing',
  'conflict',
  'invalid',
  'too_large',
  'too_many',
  'unavailable',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

export interface ErrorDetails {
  /** The policy rule that fixed the refusal, when one did ("R5"). */
  rule?: string
  /** Whom to ask, in words for people ("a steward of County Emergency Management"). */
  ask?: string
  /** Seconds after which trying again can help. */
  retryAfter?: number
  /** The person can go on after proving again who they are: `me.confirm`. */
  confirm?: true
  /** Facts for the log only. Never shown, never content, never a secret. */
  log?: Record<string, string | number | boolean | null>
}

export class DomainError extends Error {
  override readonly name = 'DomainError'

  constructor(
    readonly code: ErrorCode,
    /** One or two plain sentences: what happened, why, what to do. */
    readonly forPeople: string,
    readonly details: ErrorDetails = {},
  ) {
    super(`${code}: ${forPeople}`)
  }
}

/** `hidden` and `missing` are told apart in the log only: outside they look the same (R0). */
export const NOT_FOUND_FOR_PEOPLE =
  'There is nothing here for you. It may have been removed, or it was never shared with you.'

export const TRPC_CODE_OF = {
  signed_out: 'UNAUTHORIZED',
  denied: 'FORBIDDEN',
  hidden: 'NOT_FOUND',
  missing: 'NOT_FOUND',
  conflict: 'CONFLICT',
  invalid: 'BAD_REQUEST',
  too_large: 'PAYLOAD_TOO_LARGE',
  too_many: 'TOO_MANY_REQUESTS',
  unavailable: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<ErrorCode, string>

export const CLOSE_CODE_OF = {
  signed_out: CLOSE.signedOut,
  denied: CLOSE.refused,
  hidden: CLOSE.hiddenOrMissing,
  missing: CLOSE.hiddenOrMissing,
  conflict: CLOSE.accessChanged,
  invalid: CLOSE.invalidFrame,
  too_large: CLOSE.tooLarge,
  too_many: CLOSE.tryLater,
  unavailable: CLOSE.tryLater,
} as const satisfies Record<ErrorCode, number>
