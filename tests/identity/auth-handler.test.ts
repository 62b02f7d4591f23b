import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAuthHandler } from '@/server/identity/auth-handler'
import { stampSource } from '@/server/identity/http-source'
import { bannerOf } from '@/server/identity/sign-in/banner'
import { type Identity, openIdentity, PASSWORD, source } from '@/tests/identity/support'

let identity: Identity
let server: Server
let base: string

/** The handler behind a real HTTP server, as the route handler under /api/auth calls it. */
const serve = async (publicUrl: string) => {
  identity = await openIdentity({ publicUrl })
  const handle = createAuthHandler(identity.services, identity.sessions)
  server = createServer(async (req, res) => {
    stampSource(req, { trustedProxies: 0 })
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    const headers = new Headers()
    for (const [name, value] of Object.entries(req.headers)) headers.set(name, String(value))
    const body = req.method === 'POST' ? { body: Buffer.concat(chunks) } : {}
    const answer = await handle(
      new Request(`http://inside${req.url}`, { method: req.method ?? 'GET', headers, ...body }),
    )
    for (const cookie of answer.headers.getSetCookie()) res.appendHeader('set-cookie', cookie)
    res.writeHead(answer.status, { 'retry-after': answer.headers.get('retry-after') ?? '' })
    res.end(await answer.text())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/auth`
}
beforeEach(() => serve('http://localhost:3000'))
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve))
})

/** A browser: keeps cookies, sends them back. */
const browser = () => {
  const jar = new Map<string, string>()
  const setCookies: string[] = []
  const send = async (
    path: string,
    fields?: Record<string, string>,
    headers: Record<string, string> = {},
  ) => {
    const answer = await fetch(`${base}${path}`, {
      method: fields === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '), ...headers },
      ...(fields === undefined ? {} : { body: new URLSearchParams(fields) }),
    })
    for (const line of answer.headers.getSetCookie()) {
      setCookies.push(line)
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, json: text === '' ? null : JSON.parse(text) }
  }
  const form = async (more: Record<string, string> = {}) => ({
    csrfToken: (await send('/csrf')).json.csrfToken as string,
    email: identity.email,
    password: PASSWORD,
    banner: bannerOf(identity.services.env.banner).hash,
    ...more,
  })
  return { jar, setCookies, send, form }
}

const actorOf = ({ jar }: ReturnType<typeof browser>) =>
  identity.sessions.actorOfCookies([...jar].map((pair) => pair.join('=')).join('; '), source())

describe('signing in over HTTP', () => {
  it('gives an opaque, HttpOnly, SameSite cookie that is the session', async () => {
    const here = browser()
    const answer = await here.send('/callback/credentials', await here.form({ callbackUrl: '/w/1' }))
    expect(answer).toMatchObject({ status: 200, json: { url: '/w/1' } })
    const line = here.setCookies.find((one) => one.startsWith('liaison-session=')) ?? ''
    expect(line).toMatch(/^liaison-session=[A-Za-z0-9_-]{43};/)
    expect(line).toMatch(/; HttpOnly/)
    expect(line).toMatch(/; SameSite=Lax/)
    expect(line).toMatch(/; Path=\//)
    expect(await actorOf(here)).toMatchObject({ personId: identity.personId })
  })

  it('marks every cookie Secure with the __Host- prefix when people come by https', async () => {
    await new Promise((resolve) => server.close(resolve))
    await serve('https://liaison.example')
    const here = browser()
    await here.send('/callback/credentials', await here.form())
    expect(here.setCookies.length).toBeGreaterThanOrEqual(3)
    for (const line of here.setCookies) expect(line).toMatch(/^__(Host|Secure)-liaison-.*; Secure/)
    const session = here.setCookies.find((one) => one.startsWith('__Host-liaison-session=')) ?? ''
    expect(session).not.toMatch(/Domain=/i)
  })

  it.each([
    ['none', ''],
    ['an invented one', 'f'.repeat(64)],
  ])('without the CSRF token of this browser nothing happens (%s)', async (_, csrfToken) => {
    const here = browser()
    const answer = await here.send('/callback/credentials', { ...(await here.form()), csrfToken })
    expect(answer.status).toBe(403)
    expect(here.jar.has('liaison-session')).toBe(false)
    expect(await identity.events('session.started')).toEqual([])
  })

  it('refuses a form that another site sends', async () => {
    const here = browser()
    const answer = await here.send('/callback/credentials', await here.form(), {
      origin: 'https://evil.example',
    })
    expect(answer.status).toBe(403)
  })

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/api/trpc',
    '/sign-in',
  ])('never leads anywhere else afterwards (%s)', async (callbackUrl) => {
    const here = browser()
    expect((await here.send('/callback/credentials', await here.form({ callbackUrl }))).json).toEqual({
      url: '/',
    })
    for (const line of here.setCookies) expect(line).not.toContain('evil')
  })

  it('says how long to wait when slowed down', async () => {
    const here = browser()
    const wrong = await here.form({ password: 'wrong' })
    for (let i = 0; i < 3; i++) expect((await here.send('/callback/credentials', wrong)).status).toBe(401)
    const slowed = await here.send('/callback/credentials', wrong)
    expect(slowed.status).toBe(429)
    expect(slowed.headers.get('retry-after')).toBe('1')
    expect(slowed.json.error).toMatchObject({ code: 'too_many', retryAfter: 1 })
  })

  it('signs out: the session ends on record and the cookie goes', async () => {
    const here = browser()
    await here.send('/callback/credentials', await here.form())
    const cookie = `liaison-session=${here.jar.get('liaison-session')}`
    await here.send('/signout', { csrfToken: (await here.form()).csrfToken })
    expect(here.jar.has('liaison-session')).toBe(false)
    expect(await identity.sessions.actorOfCookies(cookie, source())).toBeNull()
    expect(await identity.events('session.ended')).toMatchObject([{ details: { reason: 'signed_out' } }])
  })

  it('signing out needs the CSRF token too', async () => {
    const here = browser()
    await here.send('/callback/credentials', await here.form())
    expect((await here.send('/signout', { csrfToken: 'f'.repeat(64) })).status).toBe(403)
    expect(await actorOf(here)).not.toBeNull()
  })
})

describe('what is not there', () => {
  it.each(['/session', '/providers', '/signin', '/error', '/callback/credentials', '/verify-request'])(
    'GET %s',
    async (path) => {
      expect((await browser().send(path)).status).toBe(404)
    },
  )

  it.each(['/_log', '/session', '/signin/credentials', '/callback/google'])('POST %s', async (path) => {
    expect((await browser().send(path, { level: 'error', code: 'x' })).status).toBe(404)
  })

  it('reads no more than a form', async () => {
    const here = browser()
    expect(
      (await here.send('/callback/credentials', await here.form({ password: 'x'.repeat(9000) }))).status,
    ).toBe(400)
  })
})
