import { accessRouter } from '@/server/api/routers/access/access-router'
import { breakGlassRouter } from '@/server/api/routers/access/break-glass-router'
import { endingsRouter } from '@/server/api/routers/asks/endings-router'
import { requestsRouter } from '@/server/api/routers/asks/requests-router'
import { reviewsRouter } from '@/server/api/routers/asks/reviews-router'
import { copiesRouter } from '@/server/api/routers/copies-router'
import { documentsRouter } from '@/server/api/routers/documents-router'
import { entryRouter } from '@/server/api/routers/entry-router'
import { exportsRouter } from '@/server/api/routers/exports-router'
import { inboxRouter } from '@/server/api/routers/inbox-router'
import { mailRouter } from '@/server/api/routers/mail-router'
import { meRouter } from '@/server/api/routers/me-router'
import { offersRouter } from '@/server/api/routers/offers-router'
import { participationRouter } from '@/server/api/routers/participation-router'
import { erasureRouter } from '@/server/api/routers/people/erasure-router'
import { groupsRouter } from '@/server/api/routers/people/groups-router'
import { holdsRouter } from '@/server/api/routers/people/holds-router'
import { invitationsRouter } from '@/server/api/routers/people/invitations-router'
import { membersRouter } from '@/server/api/routers/people/members-router'
import { organisationRouter } from '@/server/api/routers/people/organisation-router'
import { organisationsRouter } from '@/server/api/routers/people/organisations-router'
import { peopleRouter } from '@/server/api/routers/people/people-router'
import { retentionRouter } from '@/server/api/routers/people/retention-router'
import { witnessesRouter } from '@/server/api/routers/people/witnesses-router'
import { recordRouter } from '@/server/api/routers/record-router'
import { releasesRouter } from '@/server/api/routers/releases-router'
import { sectionsRouter } from '@/server/api/routers/sections-router'
import { sharingRouter } from '@/server/api/routers/sharing-router'
import { termsRouter } from '@/server/api/routers/terms-router'
import { workspacesRouter } from '@/server/api/routers/workspaces-router'
import { router } from '@/server/api/trpc'

/** The whole API: one router per noun. Reads are queries, everything else is a mutation. */
export const appRouter = router({
  entry: entryRouter,
  me: meRouter,
  inbox: inboxRouter,
  mail: mailRouter,
  people: peopleRouter,
  invitations: invitationsRouter,
  organisation: organisationRouter,
  groups: groupsRouter,
  erasure: erasureRouter,
  holds: holdsRouter,
  retention: retentionRouter,
  organisations: organisationsRouter,
  workspaces: workspacesRouter,
  terms: termsRouter,
  offers: offersRouter,
  participation: participationRouter,
  members: membersRouter,
  endings: endingsRouter,
  documents: documentsRouter,
  sections: sectionsRouter,
  copies: copiesRouter,
  sharing: sharingRouter,
  releases: releasesRouter,
  requests: requestsRouter,
  reviews: reviewsRouter,
  access: accessRouter,
  breakGlass: breakGlassRouter,
  record: recordRouter,
  witnesses: witnessesRouter,
  exports: exportsRouter,
})

export type AppRouter = typeof appRouter
