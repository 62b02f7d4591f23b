import type { StreamEvent } from '@/lib/streams/ocsf'

/** Why a receiver did not take a message. The words are shown to auditors: no addresses, nothing that the receiver said. */
export class StreamProblem extends Error {
  override readonly name = 'StreamProblem'
}

/**
 * Hands over events, in order, and resolves when the receiver has them as well as its protocol can tell.
 * @throws StreamProblem; then all of them are sent again
 */
export type Send = (events: readonly StreamEvent[]) => Promise<void>

/** What a failed connection says, in words. */
export const problemOf = (error: unknown): StreamProblem => {
  if (error instanceof StreamProblem) return error
  const code = (error as { code?: unknown } | null)?.code
  const known = typeof code === 'string' ? WORDS[code] : undefined
  return new StreamProblem(known ?? `The connection failed (${typeof code === 'string' ? code : 'unknown'}).`)
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The receiver refuses connections.',
  ECONNRESET: 'The receiver broke off the connection.',
  EPIPE: 'The receiver broke off the connection.',
  ENOTFOUND: 'The receiver’s name is not known.',
  ETIMEDOUT: 'The receiver does not answer.',
  ABORT_ERR: 'The receiver did not answer in time.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The receiver’s certificate is not signed by anybody who is trusted.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The receiver’s certificate is not signed by anybody who is trusted.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The receiver’s certificate is not signed by anybody who is trusted.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The receiver’s certificate is for another name.',
  CERT_HAS_EXPIRED: 'The receiver’s certificate has run out.',
}
