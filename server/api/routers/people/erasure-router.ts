import { z } from 'zod'
import { fields, idInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { erasePerson } from '@/server/operations/erasure/erase-person'
import { listErasable } from '@/server/operations/erasure/list-erasable'

/** What names people of one's own organisation who have left, erased for ever. */
export const erasureRouter = router({
  list: signedInProcedure.query(run(listErasable)),
  erase: signedInProcedure
    .input(fields({ personId: idInput, name: z.string().max(254) }))
    .mutation(run(erasePerson)),
})
