import { z } from 'zod'
import { fields, idInput, momentInput, roleInput, sharingRefInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { compareAccess } from '@/server/operations/explain/compare-access'
import { viewAs } from '@/server/operations/explain/view-as'
import { whoCanSee } from '@/server/operations/explain/who-can-see'
import { whyCanSee } from '@/server/operations/explain/why-can-see'

const somebody = z.union([fields({ personId: idInput }), fields({ orgId: idInput, role: roleInput })])
const at = momentInput.nullable()

/** Who can see a thing, why, and since when. */
export const accessRouter = router({
  who: signedInProcedure.input(fields({ on: sharingRefInput, at })).query(run(whoCanSee)),
  why: signedInProcedure.input(fields({ on: sharingRefInput, personId: idInput, at })).query(run(whyCanSee)),
  compare: signedInProcedure
    .input(fields({ on: sharingRefInput, from: momentInput, until: at }))
    .query(run(compareAccess)),
  viewAs: signedInProcedure
    .input(fields({ documentId: idInput, as: somebody.nullable() }))
    .query(run(viewAs)),
})
