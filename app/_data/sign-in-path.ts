import { safeReturnPath } from '@/lib/return-path'

/**
 * Why somebody is sent to the sign-in page: `signed_out` when a session ended while they worked, `idle` and `absolute` when it
 * reached its limit, `left` when they signed out themselves.
 */
export const SIGN_IN_REASONS = ['signed_out', 'idle', 'absolute', 'left'] as const
export type SignInReason = (typeof SIGN_IN_REASONS)[number]

/** Where to sign in, and the way back. */
export const signInPath = (next: string, reason?: SignInReason): string => {
  const query = new URLSearchParams()
  const back = safeReturnPath(next)
  if (back !== '/') query.set('next', back)
  if (reason !== undefined) query.set('reason', reason)
  const asked = query.toString()
  return asked === '' ? '/sign-in' : `/sign-in?${asked}`
}
