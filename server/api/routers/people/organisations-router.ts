import { z } from 'zod'
import { fields } from '@/server/api/inputs'
import { colourInput } from '@/server/api/routers/entry-router'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { createOrganisation } from '@/server/operations/identity/create-organisation'
import { listOrganisations } from '@/server/operations/identity/list-organisations'

const line = z.string().max(254)

/** The organisations of this instance, for its operators. */
export const organisationsRouter = router({
  list: signedInProcedure.query(run(listOrganisations)),
  create: signedInProcedure
    .input(fields({ name: line, shortCode: line, colour: colourInput, adminName: line, adminEmail: line }))
    .mutation(run(createOrganisation)),
})
