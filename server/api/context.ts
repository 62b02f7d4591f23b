import type { Actor, Source } from '@/server/identity/actor'
import type { Sessions } from '@/server/identity/sessions'
import type { Services } from '@/server/services'

/** One request's answer to "who is asking, and through what": one value for a whole batch. */
export interface ApiContext {
  services: Services
  sessions: Sessions
  source: Source
  /** Null when nobody is signed in. */
  actor: Actor | null
}
