import { fields, idInput, inWorkspace, reasonInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { liftHold } from '@/server/operations/holds/lift-hold'
import { listHolds } from '@/server/operations/holds/list-holds'
import { placeHoldHere } from '@/server/operations/holds/place-hold-here'
import { placeOwnHold } from '@/server/operations/holds/place-own-hold'

/** Legal holds: what must not be erased or dropped. */
export const holdsRouter = router({
  list: signedInProcedure.input(inWorkspace).query(run(listHolds)),
  placeHere: signedInProcedure
    .input(
      fields({
        workspaceId: idInput,
        personId: idInput.nullable(),
        orgId: idInput.nullable(),
        reason: reasonInput,
      }),
    )
    .mutation(run(placeHoldHere)),
  placeOwn: signedInProcedure
    .input(fields({ personId: idInput.nullable(), reason: reasonInput }))
    .mutation(run(placeOwnHold)),
  lift: signedInProcedure.input(fields({ holdId: idInput })).mutation(run(liftHold)),
})
