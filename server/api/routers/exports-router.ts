import { z } from 'zod'
import { EXPORT_FORMATS } from '@/lib/views/record/record-export'
import { fields, idInput, inWorkspace, reasonInput } from '@/server/api/inputs'
import { filterInput } from '@/server/api/routers/record-router'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { askExport } from '@/server/operations/exports/ask-export'
import { cancelExport } from '@/server/operations/exports/cancel-export'
import { listExports } from '@/server/operations/exports/list-exports'

const inExport = fields({ exportId: idInput })

/** Exports of the record. Their files are not an answer of the API: `server/exports/serve-export`. */
export const exportsRouter = router({
  list: signedInProcedure.input(inWorkspace).query(run(listExports)),
  ask: signedInProcedure
    .input(
      fields({
        workspaceId: idInput,
        format: z.enum(EXPORT_FORMATS),
        filter: filterInput,
        reason: reasonInput.min(3, 'Say in a few words what it is for.'),
      }),
    )
    .mutation(run(askExport)),
  cancel: signedInProcedure.input(inExport).mutation(run(cancelExport)),
})
