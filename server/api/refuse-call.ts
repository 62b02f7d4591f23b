import type { IncomingMessage } from 'node:http'
import { DomainError } from '@/lib/errors'
import type { Env } from '@/server/env'

export interface CallRefusal {
  status: number
  error: DomainError
}

const refusal = (status: number, error: DomainError): CallRefusal => ({ status, error })

/**
 * What is refused before anyone is identified: other methods and content types, and calls that another site's page
 * made with this browser's cookie. Browsers send Origin with every POST, and Sec-Fetch-Site with everything; a POST
 * with neither comes from no page of ours.
 * @returns null for a call that may go on.
 */
export const refuseCall = (
  { method, headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  env: Pick<Env, 'publicUrl'>,
): CallRefusal | null => {
  if (method !== 'GET' && method !== 'POST')
    return refusal(405, new DomainError('invalid', 'Only GET and POST are answered here.'))
  if (isFromElsewhere(method, headers, env.publicUrl))
    return refusal(
      403,
      new DomainError('denied', `This is only answered to pages of ${env.publicUrl}. Open it there.`),
    )
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/json' && (method === 'POST' || type !== undefined))
    return refusal(415, new DomainError('invalid', 'Send application/json.'))
  return null
}

const isFromElsewhere = (
  method: 'GET' | 'POST',
  { origin, 'sec-fetch-site': site }: IncomingMessage['headers'],
  publicUrl: string,
): boolean => {
  if (origin !== undefined) return origin !== publicUrl
  if (method === 'POST') return site !== 'same-origin'
  return site === 'cross-site' || site === 'same-site'
}
