export interface AuthRefusal {
  code: string
  /** What happened and what to do. */
  forPeople: string
  /** Seconds. */
  retryAfter: number | null
}

export type AuthAnswer = { url: string; refusal: null } | { url: null; refusal: AuthRefusal }

const OFFLINE: AuthRefusal = {
  code: 'offline',
  forPeople: 'The server cannot be reached. Check your connection and try again.',
  retryAfter: null,
}

/** Sends a form to next-auth with the CSRF token that belongs to this browser's cookie. Never throws. */
const post = async (path: string, fields: Record<string, string>): Promise<AuthAnswer> => {
  try {
    const asked = await fetch('/api/auth/csrf', { cache: 'no-store' })
    const { csrfToken } = (await asked.json()) as { csrfToken: string }
    const body = new URLSearchParams({ ...fields, csrfToken })
    const answered = await fetch(path, { method: 'POST', body, cache: 'no-store' })
    const answer = (await answered.json()) as { url?: string; error?: AuthRefusal }
    if (answer.url !== undefined) return { url: answer.url, refusal: null }
    return { url: null, refusal: answer.error ?? OFFLINE }
  } catch {
    return { url: null, refusal: OFFLINE }
  }
}

export const requestSignIn = (fields: {
  email: string
  password: string
  banner: string
  callbackUrl: string
}): Promise<AuthAnswer> => post('/api/auth/callback/credentials', fields)

export const requestSignOut = (): Promise<AuthAnswer> => post('/api/auth/signout', {})
