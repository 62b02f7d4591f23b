import { z } from 'zod'
import { fields, idInput, inWorkspace } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { addDomain } from '@/server/operations/organisation/add-domain'
import { getOrganisation } from '@/server/operations/organisation/get-organisation'
import { listOriginated } from '@/server/operations/organisation/list-originated'
import { makeAdministrator } from '@/server/operations/organisation/make-administrator'
import { removeDomain } from '@/server/operations/organisation/remove-domain'
import { unmakeAdministrator } from '@/server/operations/organisation/unmake-administrator'

/** One's own organisation. */
export const organisationRouter = router({
  get: signedInProcedure.query(run(getOrganisation)),
  originated: signedInProcedure.input(inWorkspace).query(run(listOriginated)),
  addDomain: signedInProcedure.input(fields({ domain: z.string().max(300) })).mutation(run(addDomain)),
  removeDomain: signedInProcedure.input(fields({ domainId: idInput })).mutation(run(removeDomain)),
  makeAdministrator: signedInProcedure.input(fields({ personId: idInput })).mutation(run(makeAdministrator)),
  unmakeAdministrator: signedInProcedure
    .input(fields({ personId: idInput }))
    .mutation(run(unmakeAdministrator)),
})
