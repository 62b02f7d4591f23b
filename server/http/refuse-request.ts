import type { IncomingMessage } from 'node:http'
import type { Env } from '@/server/env'
import { WITNESS_PATH } from '@/server/witness/host/path'

export interface RequestRefusal {
  status: number
  forPeople: string
}

/** Bytes. No request of ours comes near: text travels over the socket. */
const BODY_LIMIT = 1024 * 1024

const METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'POST'])
const HARMLESS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * What is refused before any handler sees it: unknown methods, bodies without a length or too long, and changes that
 * do not come from our own pages (cross-site request forgery: the Origin must be ours, exactly).
 */
export const refuseRequest = (
  { method = '', headers, url = '' }: Pick<IncomingMessage, 'method' | 'headers' | 'url'>,
  env: Pick<Env, 'publicUrl'>,
): RequestRefusal | null => {
  if (!METHODS.has(method)) return { status: 405, forPeople: 'This method is not known here.' }
  if (headers['transfer-encoding'] !== undefined)
    return { status: 411, forPeople: 'A request with a body must say how long it is.' }
  if (Number(headers['content-length'] ?? 0) > BODY_LIMIT)
    return { status: 413, forPeople: 'This request is too large.' }
  if (HARMLESS.has(method)) return null
  if (isOfWitness(url, headers)) return null
  if (headers.origin !== env.publicUrl)
    return { status: 403, forPeople: 'Changes are accepted only from the pages of this site.' }
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return { status: 403, forPeople: 'Changes are accepted only from the pages of this site.' }
  return null
}

/**
 * Programs that co-sign the record come without an Origin. Their door looks at no cookie, only at a token that a page of another
 * site neither has nor could send; and what a browser sends carries an Origin, so it is refused here as everywhere.
 */
const isOfWitness = (url: string, headers: IncomingMessage['headers']): boolean =>
  url.startsWith(WITNESS_PATH) &&
  headers.origin === undefined &&
  headers['sec-fetch-site'] === undefined &&
  headers.authorization?.startsWith('Bearer ') === true
