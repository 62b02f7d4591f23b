import { createHmac } from 'node:crypto'
import { isIPv4, isIPv6 } from 'node:net'
import type { Id } from '@/lib/ids'

/** How many hexadecimal digits of a hash are kept: enough to tell one person's networks apart. */
const DIGITS = 16

/**
 * The network of an address: 24 bits of IPv4, 48 bits of IPv6 (what a site is usually given, RFC 6177); null for what is no
 * address. An IPv4 address in IPv6 clothes is an IPv4 address.
 */
export const networkOf = (address: string): string | null => {
  const mapped = address.match(/^::ffff:(\d+\.\d+\.\d+\.\d+)$/i)?.[1] ?? address
  if (isIPv4(mapped)) return mapped.split('.').slice(0, 3).join('.')
  if (!isIPv6(mapped)) return null
  const [head = '', tail] = (mapped.split('%')[0] ?? '').split('::')
  const groups = head === '' ? [] : head.split(':')
  const behind = tail === undefined || tail === '' ? 0 : tail.split(':').length
  const zeros = tail === undefined ? 0 : 8 - groups.length - behind
  const all = [...groups, ...Array.from({ length: zeros }, () => '0'), ...(tail ? tail.split(':') : [])]
  return all
    .slice(0, 3)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

/**
 * Hashes of networks under a key that is not in the database, for each person apart: whoever holds the database can neither try
 * all networks nor see that two people share one.
 */
export const createNetworkHash = (secret: string) => {
  const key = createHmac('sha256', secret).update('networks of findings').digest()
  const name = createHmac('sha256', key).update('name').digest('hex').slice(0, 8)
  return (personId: Id, address: string): string | null => {
    const network = networkOf(address)
    if (network === null) return null
    const hash = createHmac('sha256', key).update(`${personId} ${network}`).digest('hex')
    return `${name}:${hash.slice(0, DIGITS)}`
  }
}
