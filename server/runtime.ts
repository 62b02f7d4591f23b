import type { ApiCaller } from '@/server/api/caller'
import type { AuthHandler } from '@/server/identity/auth-handler'

/**
 * THE door between `app/` and the one running server. Next bundles its own copy of whatever `app/` imports, so
 * pages and route handlers import nothing else of `server/` at run time (types are fine). Read `headers()` before
 * you ask for it, or `next build` tries to prerender.
 */
export interface Runtime {
  /** The API as the person behind these request headers; throws the operation's own DomainErrors. */
  api(headers: Headers): Promise<ApiCaller>
  /** Sign-in, for the one route handler under /api/auth. */
  auth: AuthHandler
  /** Shown at sign-in; must be accepted. */
  banner: string
  publicUrl: string
  /** Invented people and text: say so on screen. */
  demonstration: boolean
}

const DOOR = Symbol.for('liaison.runtime')

type Doorway = { [DOOR]?: Runtime }

/** For `server/main` and tests: makes this the runtime that pages of this process see. */
export const openDoor = (value: Runtime): void => {
  ;(globalThis as Doorway)[DOOR] = value
}

/** @throws Error when no server was started in this process (a page rendered by `next build`, for one) */
export const runtime = (): Runtime => {
  const found = (globalThis as Doorway)[DOOR]
  if (found === undefined) throw new Error('No Liaison server runs in this process: start server/main.')
  return found
}
