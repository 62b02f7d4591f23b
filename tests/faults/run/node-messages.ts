import type { Id } from '@/lib/ids'

export interface NodeReady {
  port: number
  /** In the order of people. */
  cookies: string[]
  personIds: Id[]
}

/** What the parent of a fault run's server may ask it. */
export type Question =
  | { what: 'query'; text: string; values: unknown[] }
  | { what: 'chains' }
  /** The clock, from now on, against the true one. */
  | { what: 'jump'; milliseconds: number }
  | { what: 'sections'; count: number }
  /** Answers when it was committed, in true milliseconds since the epoch. */
  | { what: 'revoke'; person: number }
  | { what: 'restore'; person: number }

export type Ask = Question & { id: number }
