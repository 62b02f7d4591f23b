import type { Id } from '@/lib/ids'

/** Where a request or connection came from, as far as the server itself knows. */
export interface Source {
  address: string
  userAgent: string
  requestId: string
}

/** A signed-in person, as the session store answered. Says who is asking, never what they may do. */
export interface Actor {
  personId: Id
  orgId: Id
  sessionId: Id
  name: string
  orgName: string
  orgShortCode: string
  orgColour: number
  isAdministrator: boolean
  isOperator: boolean
  /** 1 password, 2 second factor, 3 phishing-resistant. */
  strength: number
  /** How long the session may rest before it is over; absent: whoever made the actor has seen to it. */
  idleMinutes?: number
  source: Source
}
