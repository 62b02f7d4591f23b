import { z } from 'zod'
import { boundaryInput, fields, idInput, inSection } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { getBoundary } from '@/server/operations/boundaries/get-boundary'
import { previewBoundary } from '@/server/operations/boundaries/preview-boundary'
import { setBoundary } from '@/server/operations/boundaries/set-boundary'

export const boundariesRouter = router({
  get: signedInProcedure.input(inSection).query(run(getBoundary)),
  preview: signedInProcedure
    .input(fields({ sectionId: idInput, boundary: boundaryInput }))
    .query(run(previewBoundary)),
  set: signedInProcedure
    .input(fields({ sectionId: idInput, boundary: boundaryInput, hash: z.string().length(64) }))
    .mutation(run(setBoundary)),
})
