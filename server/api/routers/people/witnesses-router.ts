import { z } from 'zod'
import { fields, idInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { endWitness } from '@/server/operations/witnesses/end-witness'
import { listWitnesses } from '@/server/operations/witnesses/list-witnesses'
import { registerWitness } from '@/server/operations/witnesses/register-witness'

/** The witnesses of one's own organisation. */
export const witnessesRouter = router({
  list: signedInProcedure.query(run(listWitnesses)),
  register: signedInProcedure
    .input(fields({ verifierKey: z.string().max(500) }))
    .mutation(run(registerWitness)),
  end: signedInProcedure.input(fields({ witnessId: idInput })).mutation(run(endWitness)),
})
