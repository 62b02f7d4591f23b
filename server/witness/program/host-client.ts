import { WitnessProblem } from '@/server/witness/program/state-file'

/** What a witness asks its host. Every call ends after a time and reads no more than it must. */
export interface HostClient {
  /** @returns the status and the body, as text */
  get(path: string, most?: number): Promise<Answer>
  post(path: string, body: string, type: string): Promise<Answer>
}

export interface Answer {
  status: number
  bytes: Buffer
  /** The same, as UTF-8. */
  text: string
}

/** Bytes: a list of ten thousand trees; longer answers are cut off. */
const MOST = 4 * 1024 * 1024
const PATIENCE_MS = 20_000

/** Only HTTPS, but for this machine itself: a token and a record travel here. @throws WitnessProblem */
export const hostAddress = (given: string): string => {
  const url = URL.canParse(given) ? new URL(given) : null
  const local = url !== null && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  const plain = url !== null && url.pathname === '/' && url.search === '' && url.username === ''
  if (plain && (url.protocol === 'https:' || (url.protocol === 'http:' && local))) return url.origin
  throw new WitnessProblem(
    `The host must be an address such as https://liaison.example, without a path; plain http only for this machine. Got ${JSON.stringify(given)}.`,
  )
}

export const createHostClient = (host: string, token: string | null, stop: AbortSignal): HostClient => {
  const call = async (path: string, init: RequestInit, most = MOST): Promise<Answer> => {
    const response = await fetch(`${host}/api/witness${path}`, {
      ...init,
      headers: {
        ...(init.headers ?? {}),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      // A redirect would take the token elsewhere.
      redirect: 'error',
      signal: AbortSignal.any([stop, AbortSignal.timeout(PATIENCE_MS)]),
    })
    const bytes = await readAtMost(response, most)
    return { status: response.status, bytes, text: bytes.toString('utf8') }
  }
  return {
    get: (path, most) => call(path, {}, most),
    post: (path, body, type) => call(path, { method: 'POST', body, headers: { 'content-type': type } }),
  }
}

const readAtMost = async (response: Response, most: number): Promise<Buffer> => {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.length
    if (size > most) throw new Error(`the host's answer is longer than ${most} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}
