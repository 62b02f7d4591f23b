import { once } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Env } from '@/server/env'
import { createReadiness, type Readiness } from '@/server/http/health'
import { createFront, listen } from '@/server/http/listen'
import { createMetrics } from '@/server/http/metrics'
import { createRouter, type Router } from '@/server/http/router'
import { testEnv } from '@/tests/support/services'

const publicUrl = 'https://liaison.example'
const token = 't'.repeat(32)
const env: Env = { ...testEnv, production: true, publicUrl, metricsToken: token }

let front: Server
let router: Router
let lines: string[]
let seen: IncomingMessage[]
let upgrades: string[]
let readiness: Readiness
let base = ''

const start = async (settings: Env): Promise<void> => {
  lines = []
  seen = []
  upgrades = []
  readiness = { whyNot: async () => null, aside: () => null }
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
  router = createRouter(settings, log, createMetrics())
  front = createFront().on('request', router.handle).on('upgrade', router.upgrade)
  await listen(front, { host: '127.0.0.1', port: 0 })
  base = `http://127.0.0.1:${(front.address() as AddressInfo).port}`
}

const open = (): void =>
  router.open({
    pages: {
      handle: async (request, response) => {
        seen.push(request)
        if (request.url === '/bug') throw new Error('secret detail')
        response.end('a page')
      },
      upgrade: (_, socket) => socket.destroy(),
      close: async () => {},
    },
    api: (_, response) => response.end('the api'),
    live: (_, response) => response.end('live'),
    witnesses: (_, response) => response.end('witnesses'),
    exports: (_, response) => response.end('an export'),
    collab: (request, socket) => {
      upgrades.push(request.url ?? '')
      socket.end('HTTP/1.1 204 No Content\r\n\r\n')
    },
    readiness: { whyNot: () => readiness.whyNot(), aside: () => readiness.aside() },
  })

/** Bytes as they are: what no proper client would send. */
const raw = async (bytes: string): Promise<string> => {
  const socket = connect((front.address() as AddressInfo).port, '127.0.0.1')
  socket.write(bytes)
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  await once(socket, 'close')
  return answer
}

beforeEach(() => start(env))
afterEach(async () => {
  front.closeAllConnections()
  front.close()
  await once(front, 'close')
})

describe('before everything is ready', () => {
  it('the process is alive, not ready, and tells others to come back', async () => {
    expect((await fetch(`${base}/healthz`)).status).toBe(200)
    for (const path of ['/readyz', '/', '/api/trpc/me.get']) {
      const answer = await fetch(`${base}${path}`)
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).toBe('1')
    }
    expect(
      await raw('GET /collab/x HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n'),
    ).toMatch(/^HTTP\/1.1 503/)
  })
})

describe('once it is ready', () => {
  beforeEach(() => open())

  it('says so, and says why when it is not', async () => {
    expect((await fetch(`${base}/readyz`)).status).toBe(200)
    readiness = { whyNot: async () => 'the database cannot be reached', aside: () => null }
    const answer = await fetch(`${base}/readyz`)
    expect(answer.status).toBe(503)
    expect(await answer.text()).toContain('the database cannot be reached')
    expect((await fetch(`${base}/healthz`)).status).toBe(200)
  })

  it('stays ready without Redis, and says so', async () => {
    const checked = { ping: async () => undefined, pendingMigrations: async () => 0 }
    readiness = createReadiness({ ...checked, redis: () => 'lost' })
    const answer = await fetch(`${base}/readyz`)
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('Redis is lost')])
    readiness = createReadiness({ ...checked, redis: () => 'up' })
    expect(await (await fetch(`${base}/readyz`)).text()).toMatch(/^ready\s*$/)
  })

  it('every answer carries the security headers, and the nonce is new each time and told to Next', async () => {
    const [first, second] = [await fetch(base), await fetch(base)]
    for (const answer of [first, second, await fetch(`${base}/healthz`), await fetch(`${base}/api/trpc/x`)])
      for (const name of [
        'content-security-policy',
        'x-content-type-options',
        'referrer-policy',
        'x-request-id',
      ])
        expect(answer.headers.get(name), name).not.toBeNull()
    expect(first.headers.get('content-security-policy')).not.toBe(
      second.headers.get('content-security-policy'),
    )
    expect(seen[0]?.headers['content-security-policy']).toBe(first.headers.get('content-security-policy'))
  })

  it('changes from elsewhere reach nobody', async () => {
    for (const path of ['/api/trpc/x', '/api/auth/signout', '/'])
      for (const headers of [{}, { origin: 'https://evil.example' }, { origin: 'null' }])
        expect(
          (await fetch(`${base}${path}`, { method: 'POST', headers: headers as HeadersInit })).status,
        ).toBe(403)
    expect(seen).toHaveLength(0)
    const ours = await fetch(`${base}/api/trpc/x`, { method: 'POST', headers: { origin: publicUrl } })
    expect(await ours.text()).toBe('the api')
  })

  it('metrics only for the token', async () => {
    expect((await fetch(`${base}/metrics`)).status).toBe(404)
    expect((await fetch(`${base}/metrics`, { headers: { authorization: 'Bearer wrong' } })).status).toBe(404)
    const answer = await fetch(`${base}/metrics`, { headers: { authorization: `Bearer ${token}` } })
    expect(answer.status).toBe(200)
    const body = await answer.text()
    for (const name of ['liaison_commit_seconds', 'liaison_fan_out_seconds', 'liaison_denials_total'])
      expect(body).toContain(name)
  })

  it('a bug is an id, and the log has the rest', async () => {
    const answer = await fetch(`${base}/bug`)
    expect(answer.status).toBe(500)
    const id = answer.headers.get('x-request-id') ?? ''
    expect(await answer.text()).toBe(`Something went wrong, id ${id}.\n`)
    expect(lines.some((line) => line.includes(id) && line.includes('secret detail'))).toBe(true)
  })

  it('the log has no query, no cookie, no token', async () => {
    const closed = new Promise((resolve) => {
      front.once('request', (_, response) => response.once('close', resolve))
    })
    await fetch(`${base}/page?secret=in-the-query`, {
      headers: { cookie: 'liaison-session=in-the-cookie', authorization: 'Bearer in-the-header' },
    })
    await closed
    const log = lines.join('')
    expect(log).toContain('"path":"/page"')
    expect(log).not.toMatch(/in-the-/)
  })

  it.each([
    ['an absolute address', 'GET http://evil.example/ HTTP/1.1\r\nhost: x\r\n\r\n', 400],
    ['another host in disguise', 'GET //evil.example/ HTTP/1.1\r\nhost: x\r\n\r\n', 400],
    ['nonsense', 'nonsense\r\n\r\n', 400],
    ['too many bytes of headers', `GET / HTTP/1.1\r\nhost: x\r\na: ${'b'.repeat(20_000)}\r\n\r\n`, 431],
    [
      'an upgrade elsewhere',
      'GET /_next/x HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
      404,
    ],
    [
      'an absolute upgrade',
      'GET http://evil.example/collab/x HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
      400,
    ],
  ])('%s is answered and shut', async (_, bytes, status) => {
    expect(await raw(bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status}`))
    expect(seen).toHaveLength(0)
    expect(upgrades).toEqual([])
  })

  it('an upgrade of a section reaches the sockets, whatever else it says', async () => {
    await raw(
      'GET /collab/abc?ack=1 HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\nx-middleware-subrequest: y\r\n\r\n',
    )
    expect(upgrades).toEqual(['/collab/abc?ack=1'])
  })
})

describe('on one’s own machine', () => {
  it('page views under another name are sent to the right one', async () => {
    front.close()
    await start({ ...env, demonstration: true, publicUrl: 'http://localhost:3000' })
    open()
    const answer = await fetch(`${base}/d/x?y=1`, { redirect: 'manual' })
    expect(answer.status).toBe(307)
    expect(answer.headers.get('location')).toBe('http://localhost:3000/d/x?y=1')
  })
})
