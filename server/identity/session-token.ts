import { createHash, randomBytes } from 'node:crypto'

const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** 256 random bits, base64url. For session cookies and one-time links alike. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What is stored in place of a token: SHA-256, hex. A random token needs neither salt nor a slow hash. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex')

export const looksLikeToken = (value: string): boolean => TOKEN.test(value)

export const isSecure = (publicUrl: string): boolean => publicUrl.startsWith('https://')

/** `__Host-` (https only) makes the browser refuse a cookie of this name set by a sister domain or another path. */
export const sessionCookieName = (publicUrl: string): string =>
  isSecure(publicUrl) ? '__Host-liaison-session' : 'liaison-session'

/** The first cookie of exactly this name, if it has the form of a token. */
export const tokenOfCookies = (cookieHeader: string | undefined, name: string): string | null => {
  for (const pair of (cookieHeader ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at === -1 || pair.slice(0, at).trim() !== name) continue
    const value = pair.slice(at + 1).trim()
    return looksLikeToken(value) ? value : null
  }
  return null
}
