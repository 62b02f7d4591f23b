import type { NextApiRequest, NextApiResponse } from 'next'
import nextAuthModule, { type NextAuthOptions } from 'next-auth'
import { DomainError } from '@/lib/errors'
import { safeReturnPath } from '@/lib/return-path'
import { sourceOfHeaders } from '@/server/identity/http-source'
import { isSecure } from '@/server/identity/session-token'
import type { Sessions } from '@/server/identity/sessions'
import { signIn } from '@/server/identity/sign-in/sign-in'
import type { Services } from '@/server/services'

/** All use of next-auth 4. CommonJS: in Node the function lies under `default`, in a bundle it is the import itself. */
const nextAuth = ('default' in nextAuthModule ? nextAuthModule.default : nextAuthModule) as (
  req: NextApiRequest,
  res: NextApiResponse,
  options: NextAuthOptions,
) => Promise<unknown>

export interface AuthForm {
  csrfToken: string
  callbackUrl: string
  email: string
  password: string
  banner: string
}

export interface Answered {
  /** Ready Set-Cookie values. */
  cookies: string[]
  redirect: string | null
  body: unknown
  refusal: DomainError | null
}

/** What happened inside next-auth, which has no words of its own for it. */
interface Attempt {
  refusal?: DomainError
  bug?: unknown
}

/**
 * Lets next-auth handle one request: its CSRF check, its cookies; ours is what signing in means.
 * @throws whatever signing in or out threw that is nobody's refusal
 */
export const throughNextAuth = async (
  services: Services,
  sessions: Sessions,
  request: Request,
  action: string,
  form: AuthForm,
): Promise<Answered> => {
  const attempt: Attempt = {}
  const shim = responseShim()
  const asked = requestShim(request, action, form, sessions, services.env.publicUrl)
  await nextAuth(
    asked as unknown as NextApiRequest,
    shim.res as unknown as NextApiResponse,
    optionsFor(services, sessions, request, form, attempt),
  )
  if (attempt.bug !== undefined) throw attempt.bug
  return { cookies: shim.cookies, redirect: shim.redirect, body: shim.body, refusal: attempt.refusal ?? null }
}

const optionsFor = (
  services: Services,
  sessions: Sessions,
  request: Request,
  form: AuthForm,
  attempt: Attempt,
): NextAuthOptions => {
  const cookieHeader = request.headers.get('cookie') ?? undefined
  const cookie = {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: isSecure(services.env.publicUrl),
  } as const
  const named = cookieNames(sessions, services.env.publicUrl)
  let token = ''
  return {
    secret: services.env.authSecret,
    useSecureCookies: cookie.secure,
    session: { strategy: 'jwt', maxAge: services.env.absoluteHours * 3600 },
    cookies: {
      sessionToken: { name: named.session, options: cookie },
      csrfToken: { name: named.csrf, options: cookie },
      callbackUrl: { name: named.callback, options: cookie },
    },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-in' },
    providers: [
      {
        id: 'credentials',
        type: 'credentials',
        name: 'E-mail and password',
        credentials: {},
        async authorize() {
          try {
            const done = await signIn(
              services,
              sessions,
              sourceOfHeaders(request.headers),
              form,
              cookieHeader,
            )
            token = done.token
            return { id: done.personId }
          } catch (error) {
            if (error instanceof DomainError) attempt.refusal = error
            else attempt.bug = error
            return null
          }
        },
      },
    ],
    // Not a JWT at all: the cookie is a random token, and what it means is a row that can be revoked.
    jwt: {
      encode: async () => token,
      decode: async () =>
        (await sessions.actorOfCookies(cookieHeader, sourceOfHeaders(request.headers))) && {},
    },
    callbacks: { redirect: async ({ url, baseUrl }) => new URL(safeReturnPath(url), baseUrl).href },
    events: {
      signOut: async () => {
        await sessions.signOut(cookieHeader).catch((error: unknown) => {
          attempt.bug = error
        })
      },
    },
    logger: loggerOf(services),
  }
}

const cookieNames = (sessions: Sessions, publicUrl: string) => {
  const secure = isSecure(publicUrl)
  return {
    session: sessions.cookieName,
    csrf: secure ? '__Host-liaison-csrf' : 'liaison-csrf',
    callback: secure ? '__Secure-liaison-callback' : 'liaison-callback',
  }
}

/** Codes only: next-auth puts whole requests into its metadata. A session that is over is no error of ours. */
const loggerOf = ({ log }: Services): NonNullable<NextAuthOptions['logger']> => ({
  error: (code) => {
    if (code !== 'JWT_SESSION_ERROR') log.error({ code }, 'next-auth')
  },
  // "NEXTAUTH_URL is not set" is no news: our own pages never follow its redirects.
  warn: (code) => {
    if (code !== 'NEXTAUTH_URL') log.warn({ code }, 'next-auth')
  },
  debug: () => undefined,
})

/** Only the two cookies that next-auth needs: anything else in them could only mislead it. */
const requestShim = (
  request: Request,
  action: string,
  form: AuthForm,
  sessions: Sessions,
  publicUrl: string,
) => {
  const named = cookieNames(sessions, publicUrl)
  const cookies: Record<string, string> = {}
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const at = pair.indexOf('=')
    const name = pair.slice(0, Math.max(0, at)).trim()
    if (name !== named.session && name !== named.csrf) continue
    if (cookies[name] === undefined) cookies[name] = decodeSafely(pair.slice(at + 1).trim())
  }
  return {
    method: request.method,
    headers: {},
    query: { nextauth: action.split('/') },
    cookies,
    body: { ...form, json: 'false' },
  }
}

const decodeSafely = (value: string): string => {
  try {
    return decodeURIComponent(value)
  } catch {
    return ''
  }
}

const responseShim = () => {
  const shim = {
    cookies: [] as string[],
    redirect: null as string | null,
    body: null as unknown,
    res: {
      getHeader: (name: string) => (name.toLowerCase() === 'set-cookie' ? shim.cookies : undefined),
      setHeader(name: string, value: string | string[]) {
        if (name.toLowerCase() === 'set-cookie') shim.cookies = [value].flat()
        if (name.toLowerCase() === 'location') shim.redirect = String(value)
        return shim.res
      },
      status: () => shim.res,
      json: (body: unknown) => {
        shim.body = body
      },
      send: (body: unknown) => {
        shim.body = body
      },
      end: () => undefined,
    },
  }
  return shim
}
