import { entryRouter } from '@/server/api/routers/entry-router'
import { meRouter } from '@/server/api/routers/me-router'
import { organisationsRouter } from '@/server/api/routers/people/organisations-router'
import { peopleRouter } from '@/server/api/routers/people/people-router'
import { createCallerFactory, router } from '@/server/api/trpc'
import type { Actor } from '@/server/identity/actor'
import { type Server, source } from '@/tests/identity/support'

const identityRouter = router({
  entry: entryRouter,
  me: meRouter,
  people: peopleRouter,
  organisations: organisationsRouter,
})

/** The procedures of identity as this actor (null: nobody), past HTTP. */
export const createTRPCCaller = ({ services, sessions }: Server, actor: Actor | null, from = source()) =>
  createCallerFactory(identityRouter)({ services, sessions, source: from, actor })
