import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { cleanRequest, isPlainTarget, pathOf } from '@/server/http/clean-request'
import { refuseRequest } from '@/server/http/refuse-request'
import { securityHeaders } from '@/server/http/security-headers'

const publicUrl = 'https://liaison.example'
const post = (headers: Record<string, string>) =>
  refuseRequest({ method: 'POST', headers }, { publicUrl })?.status

describe('what is refused at the door', () => {
  it.each([
    ['our own page', { origin: publicUrl }, undefined],
    ['our own page, said twice', { origin: publicUrl, 'sec-fetch-site': 'same-origin' }, undefined],
    ['no origin', {}, 403],
    ['null', { origin: 'null' }, 403],
    ['another site', { origin: 'https://evil.example' }, 403],
    ['a prefix', { origin: 'https://liaison.example.evil.example' }, 403],
    ['a suffix', { origin: 'https://evil-liaison.example' }, 403],
    ['another scheme', { origin: 'http://liaison.example' }, 403],
    ['another port', { origin: 'https://liaison.example:8443' }, 403],
    ['a sister site', { origin: publicUrl, 'sec-fetch-site': 'same-site' }, 403],
    ['a body without length', { origin: publicUrl, 'transfer-encoding': 'chunked' }, 411],
    ['a body too long', { origin: publicUrl, 'content-length': '1048577' }, 413],
  ])('a change from %s', (_, headers, status) => {
    expect(post(headers)).toBe(status)
  })

  const asWitness = { authorization: 'Bearer x' }
  it.each([
    ['a witness', '/api/witness/cosignatures?size=3', asWitness, undefined],
    [
      'a page, with a token',
      '/api/witness/cosignatures',
      { ...asWitness, origin: 'https://evil.example' },
      403,
    ],
    ['a page that says null', '/api/witness/cosignatures', { ...asWitness, origin: 'null' }, 403],
    [
      'a browser without Origin',
      '/api/witness/cosignatures',
      { ...asWitness, 'sec-fetch-site': 'cross-site' },
      403,
    ],
    ['nobody with a token', '/api/witness/cosignatures', {}, 403],
    ['a cookie', '/api/witness/cosignatures', { cookie: 'a=b' }, 403],
    ['a token elsewhere', '/api/trpc/me.get', asWitness, 403],
    ['a path that only looks like it', '/api/witness', asWitness, 403],
    ['a witness, too long', '/api/witness/refusals', { ...asWitness, 'content-length': '1048577' }, 413],
  ])('the door of witnesses: %s', (_, url, headers, status) => {
    expect(refuseRequest({ method: 'POST', headers, url }, { publicUrl })?.status).toBe(status)
  })

  it.each(['PUT', 'DELETE', 'PATCH', 'TRACE', 'CONNECT', ''])('the method %s', (method) => {
    expect(refuseRequest({ method, headers: { origin: publicUrl } }, { publicUrl })?.status).toBe(405)
  })

  it('nothing of a plain page view', () => {
    expect(refuseRequest({ method: 'GET', headers: {} }, { publicUrl })).toBeNull()
  })

  it.each([
    'http://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '/a\\b',
    '*',
    '',
    `/${'a'.repeat(5000)}`,
  ])('the target %s', (target) => {
    expect(isPlainTarget(target)).toBe(false)
  })

  it('keeps ordinary targets, and never the query for a log', () => {
    expect(isPlainTarget('/d/01a2?x=%20y')).toBe(true)
    expect(pathOf('/sign-in?next=/secret#token')).toBe('/sign-in')
  })
})

describe('what a client must not say', () => {
  const cleaned = (headers: Record<string, string>, proxies: number) => {
    const request = { headers } as unknown as IncomingMessage
    cleanRequest(request, proxies)
    return Object.keys(request.headers)
  }

  it.each([
    'x-middleware-subrequest',
    'x-middleware-rewrite',
    'x-invoke-path',
    'x-nextjs-data',
    'x-matched-path',
    'content-security-policy',
    'content-security-policy-report-only',
  ])('%s is taken away', (name) => {
    expect(cleaned({ [name]: 'x', accept: '*/*' }, 1)).toEqual(['accept'])
  })

  it('proxy headers count only behind a proxy', () => {
    expect(cleaned({ 'x-forwarded-for': '1.2.3.4', 'x-forwarded-host': 'evil' }, 0)).toEqual([])
    expect(cleaned({ 'x-forwarded-for': '1.2.3.4' }, 1)).toEqual(['x-forwarded-for'])
  })
})

describe('security headers', () => {
  const headers = securityHeaders({ publicUrl, production: true }, 'abc')
  const policy = headers['content-security-policy'] ?? ''

  it('no inline script, no eval, no frames, no base, no objects', () => {
    const scripts = policy.split('; ').find((directive) => directive.startsWith('script-src '))
    expect(scripts).toBe("script-src 'self' 'nonce-abc'")
    for (const directive of [
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "object-src 'none'",
      "form-action 'self'",
    ])
      expect(policy).toContain(directive)
    expect(policy).toContain("connect-src 'self' wss://liaison.example")
  })

  it('HSTS only where there is https', () => {
    expect(headers['strict-transport-security']).toContain('max-age=')
    const plain = securityHeaders({ publicUrl: 'http://localhost:3000', production: true }, 'abc')
    expect(plain['strict-transport-security']).toBeUndefined()
  })
})
