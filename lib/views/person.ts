import type { Id } from '@/lib/ids'

/** What the browser is told. `can` is computed by the server; the browser never computes a permission. */
export interface AgencyView {
  id: Id
  name: string
  shortCode: string
  /** Index into the palette of agency colours, 0-11. */
  colour: number
}

export interface PersonView {
  id: Id
  name: string
  org: AgencyView
}

export interface MeView extends PersonView {
  email: string
  sessionId: Id
  /** ISO 8601. The earlier of the two ends the session; typing and clicking move `idleEndsAt`. */
  idleEndsAt: string
  endsAt: string
  /** The server's clock when it answered: the browser's may be wrong. */
  now: string
  isAdministrator: boolean
  isOperator: boolean
}

export interface SessionView {
  id: Id
  current: boolean
  createdAt: string
  lastSeenAt: string
  address: string
  userAgent: string
}
