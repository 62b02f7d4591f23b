import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { sourceOf, sourceOfHeaders, stampSource } from '@/server/identity/http-source'

const request = (remoteAddress: string, headers: Record<string, string> = {}) =>
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage

const addressOf = (remoteAddress: string, forwarded: string, trustedProxies: number) =>
  sourceOf(request(remoteAddress, { 'x-forwarded-for': forwarded }), { trustedProxies }).address

describe('where a request comes from', () => {
  it.each([
    ['no proxy: the header is a claim', '203.0.113.7', '1.1.1.1', 0, '203.0.113.7'],
    ['one proxy: what it saw', '10.0.0.1', '1.1.1.1, 203.0.113.7', 1, '203.0.113.7'],
    ['two proxies', '10.0.0.1', '1.1.1.1, 203.0.113.7, 10.0.0.2', 2, '203.0.113.7'],
    ['two proxies trusted, one there: the farthest there is', '10.0.0.1', '203.0.113.7', 2, '203.0.113.7'],
    ['IPv4 on an IPv6 socket', '::ffff:203.0.113.7', '', 0, '203.0.113.7'],
    ['nonsense from a proxy: the socket', '10.0.0.1', 'unknown', 1, '10.0.0.1'],
    ['IPv6 in capitals', '2001:DB8::1', '', 0, '2001:db8::1'],
  ])('%s', (_, socket, forwarded, trusted, address) => {
    expect(addressOf(socket, forwarded, trusted)).toBe(address)
  })

  it('the stamp overwrites what a client sent, and comes back whole', () => {
    const forged = encodeURIComponent(JSON.stringify({ address: '1.1.1.1', userAgent: '', requestId: 'x' }))
    const req = request('203.0.113.7', { 'x-liaison-source': forged, 'user-agent': 'a\u001b[31mb\u00e9' })
    const stamped = stampSource(req, { trustedProxies: 0 })
    expect(sourceOfHeaders(new Headers(req.headers as Record<string, string>))).toEqual(stamped)
    expect(stamped).toMatchObject({ address: '203.0.113.7', userAgent: 'a[31mb' })
  })

  it('without a stamp nothing is believed', () => {
    expect(() => sourceOfHeaders(new Headers())).toThrow('without the stamp')
  })
})
