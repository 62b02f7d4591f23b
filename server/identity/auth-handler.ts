import { z } from 'zod'
import type { DomainError } from '@/lib/errors'
import { safeReturnPath } from '@/lib/return-path'
import { type AuthForm, throughNextAuth } from '@/server/identity/next-auth'
import type { Sessions } from '@/server/identity/sessions'
import type { Services } from '@/server/services'

/** What the one route handler under /api/auth calls with every request. Never throws: a bug is logged and answered 500. */
export type AuthHandler = (request: Request) => Promise<Response>

/**
 * What is let through. next-auth's other actions are not needed here and some are not wanted (anyone may write to the log
 * through `_log`; `session` would extend the cookie).
 */
const ACTIONS = new Set(['GET csrf', 'POST callback/credentials', 'POST signout'])
/** Bytes. */
const LARGEST_BODY = 8 * 1024

const Form = z.object({
  csrfToken: z.string().max(256).default(''),
  callbackUrl: z.string().max(1024).default('/'),
  email: z.string().max(1024).default(''),
  password: z.string().max(4096).default(''),
  banner: z.string().max(128).default(''),
})

/**
 * Sign-in and sign-out for the route handler under /api/auth. Answers JSON: `{ csrfToken }`, `{ url }` (a path of this
 * site) or `{ error: { code, forPeople, retryAfter } }`.
 */
export const createAuthHandler =
  (services: Services, sessions: Sessions): AuthHandler =>
  async (request) => {
    try {
      return await answer(services, sessions, request)
    } catch (error) {
      services.log.error({ err: error }, 'sign-in failed by a bug')
      return Response.json(
        { error: { code: 'bug', forPeople: 'Something went wrong. Try again.', retryAfter: null } },
        { status: 500 },
      )
    }
  }

const answer = async (services: Services, sessions: Sessions, request: Request): Promise<Response> => {
  const action = new URL(request.url).pathname.replace(/^\/api\/auth\//, '')
  if (!ACTIONS.has(`${request.method} ${action}`)) return refused(404, 'missing', 'There is nothing here.')
  const origin = request.headers.get('origin')
  if (request.method === 'POST' && origin !== null && origin !== services.env.publicUrl)
    return refused(403, 'denied', 'Sign in from the pages of this site only.')
  const form = request.method === 'POST' ? await readForm(request) : Form.parse({})
  if (form === null) return refused(400, 'invalid', 'This request could not be read.')

  const answered = await throughNextAuth(services, sessions, request, action, form)
  const headers = new Headers({ 'cache-control': 'no-store' })
  for (const cookie of answered.cookies) headers.append('set-cookie', cookie)
  if (answered.refusal !== null) return refusedWith(answered.refusal, headers)
  if (action === 'csrf') return Response.json(answered.body, { headers })
  // next-auth answers a bad CSRF token by sending the browser to its own sign-in page.
  if (answered.redirect?.includes('csrf=true'))
    return refused(403, 'denied', 'This page was open for too long. Load it again and sign in.', headers)
  return Response.json({ url: safeReturnPath(form.callbackUrl) }, { headers })
}

/** The bounded body as the one shape there is; null if it is too long or no such thing. */
const readForm = async (request: Request): Promise<AuthForm | null> => {
  if (Number(request.headers.get('content-length') ?? 0) > LARGEST_BODY) return null
  const text = await request.text()
  if (text.length > LARGEST_BODY) return null
  const parsed = Form.safeParse(Object.fromEntries(new URLSearchParams(text)))
  return parsed.success ? parsed.data : null
}

const STATUS: Partial<Record<DomainError['code'], number>> = { denied: 401, too_many: 429, invalid: 400 }

const refusedWith = (error: DomainError, headers: Headers): Response => {
  const { retryAfter } = error.details
  if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter))
  return refused(STATUS[error.code] ?? 400, error.code, error.forPeople, headers, retryAfter)
}

const refused = (
  status: number,
  code: string,
  forPeople: string,
  headers = new Headers({ 'cache-control': 'no-store' }),
  retryAfter?: number,
): Response =>
  Response.json({ error: { code, forPeople, retryAfter: retryAfter ?? null } }, { status, headers })
