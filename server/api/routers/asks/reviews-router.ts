import { z } from 'zod'
import { fields, idInput, inWorkspace, reasonInput, titleInput } from '@/server/api/inputs'
import { router, run, signedInProcedure } from '@/server/api/trpc'
import { answerItems } from '@/server/operations/reviews/answer-items'
import { callOffReview } from '@/server/operations/reviews/call-off-review'
import { exportReview } from '@/server/operations/reviews/export-review'
import { getReview } from '@/server/operations/reviews/get-review'
import { listReviews } from '@/server/operations/reviews/list-reviews'
import { startReview } from '@/server/operations/reviews/start-review'

const aReview = fields({ reviewId: idInput })

export const reviewsRouter = router({
  list: signedInProcedure.input(inWorkspace).query(run(listReviews)),
  get: signedInProcedure.input(aReview).query(run(getReview)),
  start: signedInProcedure
    .input(fields({ workspaceId: idInput, title: titleInput, dueAt: z.iso.datetime('Give a date.') }))
    .mutation(run(startReview)),
  answer: signedInProcedure
    .input(
      fields({
        reviewId: idInput,
        itemIds: z.array(idInput).min(1, 'Choose something first.').max(500, 'At most 500 at once.'),
        decision: z.enum(['confirmed', 'ended']),
        note: reasonInput,
      }),
    )
    .mutation(run(answerItems)),
  callOff: signedInProcedure.input(aReview).mutation(run(callOffReview)),
  export: signedInProcedure
    .input(fields({ reviewId: idInput, format: z.enum(['csv', 'json']) }))
    .mutation(run(exportReview)),
})
