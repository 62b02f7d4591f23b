import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { newId } from '@/lib/ids'
import type { Env } from '@/server/env'
import type { Source } from '@/server/identity/actor'

/**
 * Carries the server's own idea of the source through Next, which shows its handlers headers but no socket.
 * `stampSource` overwrites it on every request that enters, so that a value sent by a client is never believed.
 */
const STAMP = 'x-liaison-source'

const LONGEST_USER_AGENT = 256
const UNPRINTABLE = /[^\x20-\x7e]/g

/** One spelling per address: an IPv4 address that arrived on an IPv6 socket is that IPv4 address. */
const plainAddress = (value: string): string => {
  const address = value.trim().replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
  return isIP(address) === 0 ? '' : address.toLowerCase()
}

const textOf = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? value.join(',') : (value ?? '')

/**
 * With n trusted proxies, the n-th entry from the right of (X-Forwarded-For, socket) was written by a machine of
 * ours; everything to the left of it is the client's own claim. With none the header is not looked at.
 */
const addressOf = (headers: IncomingHttpHeaders, socketAddress: string, trustedProxies: number): string => {
  const socket = plainAddress(socketAddress)
  if (trustedProxies === 0) return socket
  const chain = [...textOf(headers['x-forwarded-for']).split(','), socketAddress]
  return plainAddress(chain[Math.max(0, chain.length - 1 - trustedProxies)] ?? '') || socket
}

/** Where a request comes from, as far as the server itself knows. `address` is '' when the socket is gone. */
export const sourceOf = (
  req: Pick<IncomingMessage, 'headers' | 'socket'>,
  env: Pick<Env, 'trustedProxies'>,
): Source => ({
  address: addressOf(req.headers, req.socket.remoteAddress ?? '', env.trustedProxies),
  userAgent: textOf(req.headers['user-agent']).replace(UNPRINTABLE, '').slice(0, LONGEST_USER_AGENT),
  requestId: newId(),
})

/** Writes the source into the request's headers, over whatever the client sent. Call before anything else runs. */
export const stampSource = (req: IncomingMessage, env: Pick<Env, 'trustedProxies'>): Source => {
  const source = sourceOf(req, env)
  req.headers[STAMP] = encodeURIComponent(JSON.stringify(source))
  return source
}

/** Reads what `stampSource` wrote: for route handlers and server components. A request without a stamp is a bug. */
export const sourceOfHeaders = (headers: Headers): Source => {
  const stamp = headers.get(STAMP)
  if (stamp === null) throw new Error('A request reached Next without the stamp of its source.')
  return JSON.parse(decodeURIComponent(stamp)) as Source
}
