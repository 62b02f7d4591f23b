import { boundariesRouter } from '@/server/api/routers/boundaries-router'
import { documentsRouter } from '@/server/api/routers/documents-router'
import { entryRouter } from '@/server/api/routers/entry-router'
import { meRouter } from '@/server/api/routers/me-router'
import { membersRouter } from '@/server/api/routers/members-router'
import { organisationsRouter } from '@/server/api/routers/organisations-router'
import { peopleRouter } from '@/server/api/routers/people-router'
import { recordRouter } from '@/server/api/routers/record-router'
import { sectionsRouter } from '@/server/api/routers/sections-router'
import { workspacesRouter } from '@/server/api/routers/workspaces-router'
import { router } from '@/server/api/trpc'

/** The whole API: one router per noun. Reads are queries, everything else is a mutation. */
export const appRouter = router({
  entry: entryRouter,
  me: meRouter,
  people: peopleRouter,
  organisations: organisationsRouter,
  workspaces: workspacesRouter,
  members: membersRouter,
  documents: documentsRouter,
  sections: sectionsRouter,
  boundaries: boundariesRouter,
  record: recordRouter,
})

export type AppRouter = typeof appRouter
