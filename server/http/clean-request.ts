import type { IncomingMessage } from 'node:http'

/**
 * Headers by which Next's own parts talk to each other (middleware bypass, internal rewrites) and the policy that
 * carries the nonce. From outside they are lies.
 */
const INTERNAL =
  /^(x-middleware-|x-invoke-|x-nextjs-|x-matched-path$|x-now-|x-vercel-|content-security-policy)/

/** Headers that only a proxy in front of us may set. */
const PROXY = [
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-forwarded-for',
  'forwarded',
  'x-real-ip',
]

/** Takes away what a client must not say. Call before anything reads the request's headers. */
export const cleanRequest = (request: IncomingMessage, trustedProxies: number): void => {
  for (const name of Object.keys(request.headers)) if (INTERNAL.test(name)) delete request.headers[name]
  if (trustedProxies === 0) for (const name of PROXY) delete request.headers[name]
}

/** Absolute URIs, `//host` and backslashes have no business here: something behind us could take them for another host. */
export const isPlainTarget = (url: string | undefined): url is string =>
  url !== undefined && url.length <= 4096 && /^\/(?![/\\])[^\\\s]*$/.test(url)

/** The path of a request target that `isPlainTarget`; the query never leaves this function, so it cannot be logged. */
export const pathOf = (url: string): string => {
  const end = url.search(/[?#]/)
  return end === -1 ? url : url.slice(0, end)
}
